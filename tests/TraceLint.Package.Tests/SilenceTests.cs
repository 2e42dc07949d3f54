using TraceLint.Package.Tests.Scene;
using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests;

/// <summary>Projects that have TraceLint and must not hear from it.</summary>
[Collection(OnePackage.Name)]
public class SilenceTests(PackedRepository repository)
{
    private const string Publish = """
        using Confluent.Kafka;

        internal static class Orders
        {
            public static void Send(IProducer<string, string> producer)
                => producer.Produce("orders", new Message<string, string> { Value = "placed" });
        }
        """;

    [Fact]
    public async Task VisualBasicNextToCSharp_IsLeftAlone()
    {
        const string start = """using var activity = new System.Diagnostics.Activity("orders").Start();""";
        var csharp = new ConsumerProject(repository, start, [ConsumerProject.Kafka]);
        csharp.Write("Orders.cs", Publish);
        var basic = new ConsumerProject(repository, """
            Imports Confluent.Kafka

            Module Program
                Sub Main()
                    Using producer = New ProducerBuilder(Of String, String)(New ProducerConfig()).Build()
                        producer.Produce("orders", New Message(Of String, String) With {.Value = "placed"})
                    End Using
                End Sub
            End Module
            """, [ConsumerProject.Kafka], "vb");
        var solution = Path.Combine(repository.NewFolder(), "Consumers.slnx");
        await File.WriteAllTextAsync(solution, $"""
            <Solution>
              <Project Path="{csharp.ProjectFile}" />
              <Folder Name="/basic/">
                <Project Path="{basic.ProjectFile}" />
              </Folder>
            </Solution>
            """);

        var output = await repository.Dotnet.RunAsync(Path.GetDirectoryName(solution)!, "build");

        Assert.Equal([new BuildMessage("Consumer/Orders.cs", 6, "warning", "TL1001")], BuildMessage.In(output));
    }

    [Fact]
    public async Task ProjectWithoutKafka_IsLeftAlone()
    {
        var project = new ConsumerProject(repository, """
            new Producer().Produce("orders", new Message { Value = "placed" });

            internal sealed class Message { public string? Value { get; set; } }

            internal sealed class Producer { public void Produce(string topic, Message message) => Console.WriteLine(topic + message.Value); }
            """, []);

        Assert.Empty(await project.BuildAsync());
    }

    [Fact]
    public async Task GeneratedCode_IsLeftAlone()
    {
        var project = new ConsumerProject(repository, "return;", [ConsumerProject.Kafka]);
        project.Write("Orders.g.cs", Publish);

        Assert.Empty(await project.BuildAsync());
    }

    [Fact]
    public async Task SyntaxError_IsTheCompilersAlone()
    {
        var project = new ConsumerProject(repository, "return;", [ConsumerProject.Kafka]);
        project.Write("Orders.cs", Publish.Replace("});", "}", StringComparison.Ordinal));

        Assert.Equal(["error CS"], (await project.FailToBuildAsync()).Select(message => $"{message.Severity} {message.Id[..2]}").Distinct());
    }
}
