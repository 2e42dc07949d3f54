using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Facts;

/// <summary>
/// A service that references a messaging library: it is judged by the library's facts. A build reads them from the library's file, an IDE
/// from the attribute or the source of the library's project, and both say the same.
/// </summary>
public class ReferencedProjectTests
{
    private const string Library = """
        namespace Acme;

        public static class KafkaTracing
        {
            public static void Inject(Headers headers)
                => Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), headers,
                    static (h, key, value) => { h.Remove(key); h.Add(key, Encoding.UTF8.GetBytes(value)); });

            public static PropagationContext Origin(Headers? headers)
                => Propagators.DefaultTextMapPropagator.Extract(default, headers, static (h, key) => h is not null && h.TryGetLastBytes(key, out var value) ? [Encoding.UTF8.GetString(value)] : []);

            public static void Deliver(this IProducer<string, string> producer, Message<string, string> message) => producer.Produce("orders", message);
        }

        public class Bus(IProducer<string, string> producer)
        {
            public Task PublishAsync(string topic, Message<string, string> message) => producer.ProduceAsync(topic, message);
            public Task PublishTracedAsync(string topic, Message<string, string> message)
            {
                message.Headers ??= new Headers();
                KafkaTracing.Inject(message.Headers);
                return producer.ProduceAsync(topic, message);
            }
            public void Send(string topic, Headers? headers) => producer.Produce(topic, new Message<string, string> { Headers = headers });
        }

        public class SqsBus(IAmazonSQS sqs)
        {
            public Task SendAsync(SendMessageRequest request) => sqs.SendMessageAsync(request);
        }
        """;

    private const string Service = """
        using System;
        using System.Diagnostics;
        using System.Text;
        using System.Threading.Tasks;
        using Acme;
        using Amazon.SQS.Model;
        using Confluent.Kafka;

        public class Orders(Bus bus, SqsBus sqs, IProducer<string, string> producer)
        {
            private static readonly ActivitySource source = new("orders");

            public async Task Place(string order)
            {
                using var activity = source.StartActivity("place");
                await bus.[|PublishAsync|]("orders", new Message<string, string> { Value = order });
                producer.[|Deliver|](new Message<string, string> { Value = order });
                KafkaTracing.[|Deliver|](producer, new Message<string, string> { Value = order, Headers = new Headers() });
                bus.[|Send|]("orders", new Headers { { "type", Encoding.UTF8.GetBytes("order") } });
                await sqs.[|SendAsync|](new SendMessageRequest("url", order));
                await [|Own|](new Message<string, string> { Value = order });
                void Nothing() => Again(bus, order);

                // What injects, and what is not known.
                await bus.PublishTracedAsync("orders", new Message<string, string> { Value = order });
                var message = new Message<string, string> { Value = order, Headers = new Headers() };
                KafkaTracing.Inject(message.Headers);
                await bus.PublishAsync("orders", message);
                bus.Send("orders", null);
                bus.Send("orders", message.Headers);
            }

            private Task Own(Message<string, string> message) => bus.PublishAsync("own", message);

            private static void Again(Bus bus, string order)
            {
                var message = new Message<string, string> { Value = order, Headers = new Headers() };
                bus.[|PublishAsync|]("again", message);
                KafkaTracing.Inject(message.Headers);
            }

            public void Receive(ConsumeResult<string, string> result)
            {
                using var activity = source.StartActivity("receive", ActivityKind.Consumer, KafkaTracing.Origin(result.Message.Headers).ActivityContext);
                Handle(result.Message.Value);
            }

            public void Dropped(ConsumeResult<string, string> result)
            {
                var origin = KafkaTracing.Origin(result.Message.Headers);
                using var activity = source.[|StartActivity|]("receive", ActivityKind.Consumer);
                Handle(result.Message.Value);
            }

            private void Handle(string order) => Console.WriteLine(order);
        }
        """;

    public static TheoryData<string> WaysToReference => ["a file", "a project with the attribute", "a project without it"];

    [Theory]
    [MemberData(nameof(WaysToReference))]
    public async Task Service_IsJudgedByTheFactsOfTheLibrary(string way)
    {
        var (code, expected) = Marked(Service);

        Assert.Equal(expected, await ReportedAsync(code, Reference(way, Library)));
    }

    [Fact]
    public async Task LibraryWithoutFacts_IsNotJudged()
        => Assert.Equal("51: StartActivity", await ReportedAsync(Marked(Service).Code, FactLibrary.Image(FactLibrary.Compile(Library))));

    [Fact]
    public async Task WrapperOfAWrapper_IsJudgedAcrossProjects()
    {
        const string Outer = "namespace Acme.More; public class Outer(Acme.Bus bus) { public Task ForwardAsync(Message<string, string> message) => bus.PublishAsync(\"outer\", message); }";
        const string Caller = """
            using Confluent.Kafka;
            public class Caller(Acme.More.Outer outer)
            {
                public void Call() => outer.[|ForwardAsync|](new Message<string, string> { Value = "1" });
            }
            """;
        var (code, expected) = Marked(Caller);
        var file = Reference("a file", Library);
        var project = Reference("a project without it", Library);

        Assert.Equal(expected, await ReportedAsync(code, file, FactLibrary.Built(Outer, "Acme.More", file)));
        Assert.Equal(expected, await ReportedAsync(code, project, FactLibrary.Compile(Outer, "Acme.More", project).ToMetadataReference()));
    }

    /// <summary>What the user says about a method comes before what its library says.</summary>
    [Theory]
    [InlineData("inject M:Acme.Bus.PublishAsync", 0)]
    [InlineData("instrumented_transport kafka", 0)]
    [InlineData("", 1)]
    public async Task Declaration_WinsOverFact(string declaration, int reports)
    {
        const string code = """
            using Confluent.Kafka;
            public class Caller(Acme.Bus bus)
            {
                public void Call() => bus.PublishAsync("orders", new Message<string, string> { Value = "1" });
            }
            """;
        var project = Workspaces.Project([("Code.cs", code)], References.Newest.Add(Reference("a file", Library)), new Setup(References.Newest) { Declarations = declaration });

        Assert.Equal(reports, (await Workspaces.DiagnosticsOf(project)).Length);
    }

    /// <summary>Corrupt, of another tool, of a later version, far too long, or null: the library is one that says nothing.</summary>
    [Fact]
    public async Task AttributeThatIsNotUnderstood_IsIgnored()
    {
        const string Line = "publish M:Acme.Bus.PublishAsync(System.String,Confluent.Kafka.Message{System.String,System.String}) carrier=message";
        var expected = await ReportedAsync(Marked(Service).Code, FactLibrary.Image(FactLibrary.Compile(Library)));
        foreach (var text in new[] { "", "\0", "facts", "2\n" + Line, "1\n" + Line + "\nwhatever", "1\n" + string.Concat(Enumerable.Repeat(Line + "\n", 10_000)), null })
        {
            var literal = text is null ? "null" : SymbolDisplay.FormatLiteral(text, quote: true);
            var library = FactLibrary.Compile($"""
                [assembly: System.Reflection.AssemblyMetadata("Other", "value")]
                [assembly: System.Reflection.AssemblyMetadata("TraceLint.Facts", {literal})]
                {Library}
                """);

            Assert.Equal(expected, await ReportedAsync(Marked(Service).Code, FactLibrary.Image(library)));
            Assert.True(text is null || expected == await ReportedAsync(Marked(Service).Code, library.ToMetadataReference()));
        }
    }

    /// <summary>The retargeted symbols of a .NET Standard library are not those of its own compilation.</summary>
    [Fact]
    public async Task LibraryForAnotherFramework_IsJudgedToo()
    {
        const string Bus = """
            using Confluent.Kafka;
            public class Bus
            {
                private readonly IProducer<string, string> _producer;
                public Bus(IProducer<string, string> producer) { _producer = producer; }
                public void Publish(Message<string, string> message) { _producer.Produce("orders", message); }
            }
            """;
        var (code, expected) = Marked("""
            using Confluent.Kafka;
            public class Caller(Bus bus)
            {
                public void Call() => bus.[|Publish|](new Message<string, string> { Value = "1" });
            }
            """);
        var library = CSharpCompilation.Create(
            "Old", [CSharpSyntaxTree.ParseText(Bus)], References.OnNetStandard(References.Kafka)!.Value, new(OutputKind.DynamicallyLinkedLibrary));

        Assert.Equal(expected, await ReportedAsync(code, library.ToMetadataReference()));
    }

    private static MetadataReference Reference(string way, string source) => way switch
    {
        "a file" => FactLibrary.Built(source),
        "a project with the attribute" => FactLibrary.Generate(FactLibrary.Compile(source)).ToMetadataReference(),
        _ => FactLibrary.Compile(source).ToMetadataReference(),
    };

    private static async Task<string> ReportedAsync(string code, params MetadataReference[] libraries)
    {
        var service = Analysis.Compile([CSharpSyntaxTree.ParseText(code)], References.Newest).AddReferences(libraries);
        Assert.Empty(service.GetDiagnostics().Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        return string.Join('\n', (await Analysis.RunAsync(service)).Select(static diagnostic => diagnostic.Location)
            .OrderBy(static place => place.SourceSpan.Start)
            .Select(static place => $"{place.GetLineSpan().StartLinePosition.Line + 1}: {place.SourceTree!.GetText().ToString(place.SourceSpan)}"));
    }

    // The code without markup, and what is marked.
    private static (string Code, string Expected) Marked(string code)
    {
        var expected = code.Split('\n').SelectMany(static (line, index)
            => line.Split("[|").Skip(1).Select(part => $"{index + 1}: {part.Split("|]")[0]}"));
        return (code.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal), string.Join('\n', expected));
    }
}
