using TraceLint.Package.Tests.Scene;
using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests;

/// <summary>
/// A library and the services that use it are judged together: the build reports where the trace breaks, <c>dotnet format</c> leaves
/// nothing to report, the services call the library's helpers, and run as one trace.
/// </summary>
[Collection(OnePackage.Name)]
public class CompanyTests(PackedRepository repository)
{
    [Fact]
    public async Task Services_AreJudgedAndFixedWithTheirLibrary()
    {
        var company = new CompanySolution(repository);
        await company.PackAsync();

        Assert.Equal(
            CompanyCode.Reported.Select(static one => new BuildMessage(one.File, one.Line, "warning", one.Id)),
            await company.BuildAsync());
        Assert.Contains("traces: 2", await company.RunAsync("run", "--project", "Host", "--no-build"), StringComparison.Ordinal);

        await company.RunAsync("format", "analyzers", "Company.slnx", "--no-restore", "--diagnostics", "TL1001", "TL2001");

        Assert.Empty(await company.BuildAsync());
        Assert.Contains("traces: 1", await company.RunAsync("run", "--project", "Host", "--no-build"), StringComparison.Ordinal);
        Assert.Contains("TraceHeaders.Extract(result.Message.Headers)", company.Read("Billing/Service.cs"), StringComparison.Ordinal);
        foreach (var service in new[] { "Orders", "Billing", "Shipping" })
        {
            Assert.Contains("TraceHeaders.Inject(message.Headers);", company.Read($"{service}/Service.cs"), StringComparison.Ordinal);
        }
    }
}
