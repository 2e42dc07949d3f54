using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Documentation;

/// <summary>
/// The C# blocks of rules.md and of its pages do what they say: a "reported" block compiles and is reported exactly on the lines that end
/// in a rule's id, a "silent" one is not, and a "fixed" one is what the fix makes of the reported block before it.
/// </summary>
public class CodeBlockTests
{
    private const string Body = "        // The block.";
    private const string DeclarationFile = "/TraceLint.Page.txt";

    private static readonly MetadataReference[] s_stubs =
    [
        References.Nats, References.PubSub, References.Protobuf, References.EasyNetQ, References.Pulsar, BusCode.Library, BusCode.SharedLibrary,
    ];

    public static TheoryData<string, int> Lines
    {
        get
        {
            var lines = new TheoryData<string, int>();
            foreach (var block in RulesPage.CodeBlocks)
            {
                lines.Add(block.Page, block.Line);
            }

            return lines;
        }
    }

    [Fact]
    public void Blocks_AreFound() => Assert.NotEmpty(RulesPage.CodeBlocks);

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Block_DoesWhatItSays(string page, int line)
    {
        var blocks = RulesPage.CodeBlocks;
        var index = blocks.TakeWhile(block => block.Page != page || block.Line != line).Count();
        var block = blocks[index];
        switch (block.Kind.Split(' '))
        {
            case ["reported"]:
                Assert.NotEmpty(block.Stated);
                Assert.Equal(block.Stated, await ReportedAsync(block, block.Clean, References.Newest));
                break;
            case ["silent"]:
                Assert.Empty(await ReportedAsync(block, block.Code, References.Newest));
                break;
            case ["fixed", var dialect]:
                var references = dialect switch
                {
                    "OpenTelemetry" => References.Newest,
                    "SystemDiagnostics" => References.NewestWithoutOpenTelemetry,
                    _ => throw new InvalidOperationException($"{page}.md, line {line}: no dialect is called {dialect}."),
                };
                Assert.Equal("reported", blocks[index - 1].Kind);
                Assert.Empty(await ReportedAsync(block, block.Code, references));
                Assert.Equal(block.Code, await FixedAsync(block, blocks[index - 1].Clean, references));
                break;
            default:
                Assert.Fail($"{page}.md, line {line}: say whether the block is reported, silent or fixed.");
                break;
        }
    }

    internal static async Task<IEnumerable<(int Line, string Id)>> ReportedAsync(CodeBlock block, string code, ImmutableArray<MetadataReference> references)
    {
        var program = Program(block, code, references);
        var compilation = Analysis.Compile([CSharpSyntaxTree.ParseText(program)], references.AddRange(s_stubs));
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(OffByDefault(block)));
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var first = program[..program.IndexOf(Body, StringComparison.Ordinal)].Count(static c => c == '\n') + 1;

        // What travels beside traceparent is one section's point, and in the way of the others'.
        return (await Analysis.RunAsync(compilation, UserSettings.Of("", (DeclarationFile, block.Declarations))))
            .Where(diagnostic => diagnostic.Id != "TL4003" || block.Topic == "TL4003")
            .Select(diagnostic => (diagnostic.Location.GetLineSpan().StartLinePosition.Line - first, diagnostic.Id))
            .Order();
    }

    private static async Task<string> FixedAsync(CodeBlock block, string code, ImmutableArray<MetadataReference> references)
    {
        using var workspace = new AdhocWorkspace();
        var document = workspace
            .AddProject(ProjectInfo.Create(
                ProjectId.CreateNewId(), VersionStamp.Default, "Page", "Page", LanguageNames.CSharp, metadataReferences: references.AddRange(s_stubs),
                compilationOptions: new CSharpCompilationOptions(
                    OutputKind.DynamicallyLinkedLibrary,
                    specificDiagnosticOptions: OffByDefault(block),
                    nullableContextOptions: NullableContextOptions.Enable)))
            .AddAdditionalDocument(DeclarationFile, block.Declarations, filePath: DeclarationFile).Project
            .AddDocument("Page.cs", SourceText.From(Program(block, code, references)));
        var diagnostic = Assert.Single(await Analysis.RunAsync((await document.Project.GetCompilationAsync())!, document.Project.AnalyzerOptions));
        var actions = new List<CodeAction>();
        var fix = RuleCatalog.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id));
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));

        var operation = (await actions[0].GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        var text = (await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
        var lines = text.Split('\n').SkipWhile(static line => line != Body).Skip(1).TakeWhile(static line => line.StartsWith("        ", StringComparison.Ordinal) || line.Length == 0);
        return string.Concat(lines.Select(static line => (line.Length == 0 ? line : line[8..]) + "\n"));
    }

    // A rule that is off by default is on for its own page.
    private static IEnumerable<KeyValuePair<string, ReportDiagnostic>> OffByDefault(CodeBlock block)
        => RuleCatalog.Descriptors
            .Where(descriptor => descriptor.Id == block.Topic && !descriptor.IsEnabledByDefault)
            .Select(static descriptor => KeyValuePair.Create(descriptor.Id, ReportDiagnostic.Info));

    // What the blocks take for granted.
    private static string Program(CodeBlock block, string code, ImmutableArray<MetadataReference> references)
    {
        var usings = references == References.NewestWithoutOpenTelemetry ? "" : "using OpenTelemetry;\nusing OpenTelemetry.Context.Propagation;\n";
        var statements = string.Concat(code.TrimEnd('\n').Split('\n').Select(static line => line.Length == 0 ? "\n" : $"        {line}\n"));
        return block.Topic switch
        {
            _ when code.Contains("\npublic ", StringComparison.Ordinal) => AsMembers(usings, statements),
            "TL1003" or "TL2003" => AmongTransports(usings, statements),
            RulesPage.Configuration => WithBus(usings, statements),
            "TL3001" or "TL3002" or "TL3003" or "TL3004" or "TL3008" => InsideTheProcess(usings, statements),
            _ => WithKafkaAndSqs(usings, statements),
        };
    }

    // A block with a public method is what a class contains.
    private static string AsMembers(string usings, string members) => $$"""
        using System;
        using System.Diagnostics;
        using System.Threading.Channels;
        using System.Threading.Tasks;
        {{usings}}
        public static class Services
        {
            public class Page(ActivitySource source)
            {
        {{Body}}
        {{members}}    }
        }
        """;

    // The libraries of TL1003 have names in common with Confluent.Kafka.
    private static string AmongTransports(string usings, string statements) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Text;
        using System.Threading.Tasks;
        using Google.Cloud.PubSub.V1;
        using Google.Protobuf;
        using MQTTnet;
        using NATS.Client;
        using RabbitMQ.Client;
        using RabbitMQ.Client.Events;
        using StackExchange.Redis;
        {{usings}}
        public class Page(
            IModel channel,
            IMqttClient mqtt,
            NATS.Client.IConnection nats,
            PublisherClient publisher,
            EasyNetQ.IPubSub pubSub,
            DotPulsar.Abstractions.IProducer<string> pulsar,
            IDatabase redis)
        {
            private static readonly ActivitySource source = new("page");

            private static void Handle(ReadOnlyMemory<byte> body) { }

            public async Task Publish(string json, byte[] body, BasicDeliverEventArgs delivery)
            {
                await Task.Yield();
        {{Body}}
        {{statements}}    }
        }
        """;

    private static string WithBus(string usings, string statements) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Text;
        using System.Threading.Tasks;
        using Acme.Messaging;
        using Acme.Tracing;
        using Confluent.Kafka;
        {{usings}}
        public class Page(IBus bus, IProducer<string, string> producer)
        {
            private static readonly ActivitySource source = new("page");

            private static void Handle(Envelope envelope) { }

            public async Task Publish(byte[] body, string json)
            {
                await Task.Yield();
        {{Body}}
        {{statements}}    }
        }
        """;

    private static string InsideTheProcess(string usings, string statements) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Channels;
        using System.Threading.Tasks;
        {{usings}}
        public record Order(string Id, string[] Lines);

        public class Page(HttpClient http, CancellationTokenSource stopping)
        {
            private static readonly ActivitySource source = new("page");
            private Task? running;
            private Timer? timer;

            private void Log(string text) => Console.WriteLine($"{text} {http} {stopping} {running} {timer}");

            private Task SaveAsync(Order order) => Task.CompletedTask;

            private Task FlushAsync() => Task.CompletedTask;

            public async Task Publish(Order order, CancellationToken cancellation)
            {
                await Task.Yield();
        {{Body}}
        {{statements}}    }
        }
        """;

    private static string WithKafkaAndSqs(string usings, string statements) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Diagnostics.Metrics;
        using System.Linq;
        using System.Text;
        using System.Threading.Tasks;
        using Amazon.SQS;
        using Amazon.SQS.Model;
        using Confluent.Kafka;
        {{usings}}
        public record Order(string Id, string[] Lines);

        public interface IEnricher
        {
            void Enrich(Message<string, string> message);

            void Handle(string body);
        }

        public class Page(IProducer<string, string> producer, IConsumer<string, string> consumer, IAmazonSQS sqs, string url, IEnricher enricher)
        {
            private static readonly ActivitySource source = new("page");
            private static readonly Meter meter = new("page");
            private static readonly Counter<long> placed = meter.CreateCounter<long>("orders.placed");
            private static readonly Counter<long> failed = meter.CreateCounter<long>("orders.failed");

            private static void Log(Error error) { }

            public async Task Publish(Order order, string json, ConsumeResult<string, string> consumed, Message sqsMessage)
            {
                await Task.Yield();
        {{Body}}
        {{statements}}    }
        }
        """;
}
