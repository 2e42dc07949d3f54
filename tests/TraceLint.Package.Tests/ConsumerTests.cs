using System.Text;
using TraceLint.Package.Tests.Scene;
using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests;

/// <summary>What somebody sees who installs the package: a warning, a broken build if wanted, and a fix.</summary>
[Collection(OnePackage.Name)]
public class ConsumerTests(PackedRepository repository)
{
    private const string Publish = """
        using System.Diagnostics;
        using Confluent.Kafka;

        using var producer = new ProducerBuilder<string, string>(new ProducerConfig()).Build();
        using var activity = new Activity("place order").Start();
        await SendAsync(producer, "1");

        static async Task SendAsync(IProducer<string, string> producer, string order)
        {
            await producer.ProduceAsync("orders", new Message<string, string> { Key = order, Value = "placed" });
        }
        """;

    private static readonly BuildMessage s_warning = new("Consumer/Program.cs", 10, "warning", "TL1001");

    /// <summary>Packages besides Confluent.Kafka, and the call that injects in their words.</summary>
    public static TheoryData<string[], string> Dialects { get; } = new()
    {
        { [], "DistributedContextPropagator.Current.Inject(" },
        { [ConsumerProject.OpenTelemetry], "Propagators.DefaultTextMapPropagator.Inject(" },
    };

    [Fact]
    public async Task Build_WarnsAtThePublish()
    {
        var project = new ConsumerProject(repository, Publish, [ConsumerProject.Kafka]);

        Assert.Equal([s_warning], await project.BuildAsync());
    }

    [Fact]
    public async Task Build_SaysWhatTheReadmeQuotes()
    {
        var readme = Encoding.UTF8.GetString(repository.Package["README.md"]);
        var quote = readme.Split('\n').Single(line => line.StartsWith("// warning ", StringComparison.Ordinal)).TrimEnd()[3..];

        Assert.Contains(quote, await new ConsumerProject(repository, Publish, [ConsumerProject.Kafka]).RunAsync("build"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildWithWarnAsError_FailsAtThePublish()
    {
        var project = new ConsumerProject(repository, Publish, [ConsumerProject.Kafka]);

        Assert.Equal([s_warning with { Severity = "error" }], await project.FailToBuildAsync("-warnaserror:TL1001"));
    }

    [Fact]
    public async Task ProgramWithoutSpans_IsToldInTheEditorOnly()
    {
        var program = Publish.Replace("new Activity(\"place order\").Start()", "producer", StringComparison.Ordinal);
        var project = new ConsumerProject(repository, program, [ConsumerProject.Kafka], properties: "<TraceLintMode>All</TraceLintMode>");

        Assert.Empty(await project.BuildAsync("-warnaserror"));
        Assert.Equal([s_warning with { Severity = "error" }], await project.FailToBuildAsync("-p:WarningsAsErrors=TL1001", "--no-incremental"));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Format_FixesTheTrace(string[] packages, string inject)
    {
        var project = new ConsumerProject(repository, Publish, [ConsumerProject.Kafka, .. packages]);
        Assert.Equal([s_warning], await project.BuildAsync());

        await project.RunAsync("format", "analyzers", "--diagnostics", "TL1001");

        Assert.Contains(inject, project.Code, StringComparison.Ordinal);
        Assert.Empty(await project.BuildAsync("-warnaserror"));
    }
}
