using TraceLint.Package.Tests.Scene;
using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests;

/// <summary>
/// A library that ships its declarations: whoever uses it, however indirectly, is told where the trace breaks, and the fix calls
/// the library's own helper.
/// </summary>
[Collection(OnePackage.Name)]
public class LibraryTests(PackedRepository repository)
{
    private const string Bus = """
        using System.Collections.Generic;

        namespace Acme.Messaging;

        public class Envelope(string topic, string body)
        {
            public string Topic => topic;
            public string Body => body;
            public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();
        }

        public interface IBus
        {
            void Publish(Envelope envelope);
        }

        public class MemoryBus : IBus
        {
            public void Publish(Envelope envelope) { }
        }

        public static class TraceHeaders
        {
            public static readonly System.Diagnostics.ActivitySource Source = new("acme.messaging");
            public static void Write(Envelope envelope) => envelope.Headers["traceparent"] = System.Diagnostics.Activity.Current?.Id ?? "";
        }
        """;

    private const string Orders = """
        using Acme.Messaging;

        namespace Acme.Orders;

        public static class OrderBus
        {
            public static IBus Create() => new MemoryBus();
        }
        """;

    private const string Declarations = """
        # Where messages leave, where their headers are, and what writes the trace context to them.
        publish M:Acme.Messaging.IBus.Publish carrier=envelope.Headers
        inject M:Acme.Messaging.TraceHeaders.Write
        """;

    private const string Consumer = """
        using Acme.Messaging;
        using Acme.Orders;

        using var activity = TraceHeaders.Source.StartActivity("order");
        var bus = OrderBus.Create();
        Send(bus, "1");

        static void Send(IBus bus, string order)
        {
            bus.Publish(new Envelope("orders", order));
        }
        """;

    [Fact]
    public async Task Declarations_ReachWhoeverUsesTheLibrary_AndTheFixCallsItsHelper()
    {
        var project = new ConsumerProject(repository, Consumer, [], library: await PackAsync(Declarations, "1.0.0"));
        Assert.Equal([new BuildMessage("Consumer/Program.cs", 10, "warning", "TL1003")], await project.BuildAsync());

        await project.RunAsync("format", "analyzers", "--diagnostics", "TL1003");

        Assert.Contains("TraceHeaders.Write(envelope);", project.Code, StringComparison.Ordinal);
        Assert.Empty(await project.BuildAsync("-warnaserror"));
    }

    [Fact]
    public async Task Mistake_IsSaidWhereItIs()
    {
        var project = new ConsumerProject(
            repository, Consumer, [], library: await PackAsync(Declarations.Replace("IBus.Publish", "IBus.Publsh", StringComparison.Ordinal), "1.0.1"));

        Assert.Equal([new BuildMessage("buildTransitive/TraceLint.Acme.Messaging.txt", 2, "warning", "TL9001")], await project.BuildAsync());
    }

    // Two packages, so that the one with the declarations is not referenced directly. Of a version that no other test has: it
    // stays in the machine's folder of packages.
    private async Task<(string Folder, string Package, string Version)> PackAsync(string declarations, string version)
    {
        var (folder, packages) = (repository.NewFolder(), repository.NewFolder());
        await WriteAsync("Acme.Messaging/Bus.cs", Bus);
        await WriteAsync("Acme.Messaging/TraceLint.Acme.Messaging.txt", declarations);
        await WriteAsync("Acme.Messaging/Acme.Messaging.props", """
            <Project>
              <ItemGroup>
                <AdditionalFiles Include="$(MSBuildThisFileDirectory)TraceLint.Acme.Messaging.txt" Visible="false" />
              </ItemGroup>
            </Project>
            """);
        await WriteAsync("Acme.Messaging/Acme.Messaging.csproj", Project("""<None Include="*.props;*.txt" Pack="true" PackagePath="buildTransitive/" />"""));
        await WriteAsync("Acme.Orders/OrderBus.cs", Orders);
        await WriteAsync("Acme.Orders/Acme.Orders.csproj", Project("""<ProjectReference Include="../Acme.Messaging/Acme.Messaging.csproj" />"""));
        foreach (var library in new[] { "Acme.Messaging", "Acme.Orders" })
        {
            await repository.Dotnet.RunAsync(folder, "pack", library, "--output", packages);
        }

        return (packages, "Acme.Orders", version);

        async Task WriteAsync(string file, string content)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            await File.WriteAllTextAsync(Path.Combine(folder, file), content);
        }

        string Project(string items) => $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Version>{version}</Version>
                <RestoreSources />
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """;
    }
}
