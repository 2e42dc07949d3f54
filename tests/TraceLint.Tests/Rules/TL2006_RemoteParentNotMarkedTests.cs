using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2006 reports. What it does not is in TL2006_RemoteParentNotMarkedSilentTests.</summary>
public class TL2006_RemoteParentNotMarkedTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL2006_RemoteParentNotMarked>.Rule(Method("", $$"""
        public void Handle(ConsumeResult<string, string> result, Dictionary<string, string> headers)
        {
        {{statements}}
        }

        private static string? Read(Headers headers, string key)
            => headers.TryGetLastBytes(key, out var bytes) ? Encoding.UTF8.GetString(bytes) : null;

        {{members}}
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task TryParse() => Verify("""
        ActivityContext.[|TryParse|](Read(result.Message.Headers, "traceparent"), null, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """);

    [Fact]
    public Task TryParse_TextReadStepByStep() => Verify("""
        string? traceParent = null;
        if (result.Message.Headers.TryGetLastBytes("traceparent", out var bytes))
        {
            traceParent = Encoding.UTF8.GetString(bytes);
        }

        if (ActivityContext.[|TryParse|](traceParent, null, out ActivityContext context))
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer, context, tags: null);
        }
        """);

    [Fact]
    public Task TryParse_ChosenByACondition() => Verify("""
        var parent = headers.TryGetValue("traceparent", out var text) && ActivityContext.[|TryParse|](text, null, out var parsed) ? parsed : default;
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """);

    [Fact]
    public Task Parse() => Verify("""
        using var one = source.StartActivity("process", ActivityKind.Consumer, ActivityContext.[|Parse|](headers["traceparent"], null));
        ActivityContext? parent = null;
        foreach (var header in result.Message.Headers)
        {
            if (header.Key == "traceparent")
            {
                parent = ActivityContext.[|Parse|](Encoding.UTF8.GetString(header.GetValueBytes()), null);
            }
        }

        using var other = source.CreateActivity("process", ActivityKind.Consumer, parent ?? default);
        """);

    [Fact]
    public Task EnvironmentVariable() => Verify("""
        ActivityContext.[|TryParse|](Environment.GetEnvironmentVariable("TRACEPARENT"), null, out var parent);
        using var activity = source.StartActivity("main", ActivityKind.Internal, parent);
        """);

    [Fact]
    public Task DeserializedBody() => Verify(
        """
        var envelope = JsonSerializer.Deserialize<Envelope>(result.Message.Value)!;
        Start(envelope);
        """,
        """
        private record Envelope(string TraceParent, string Payload);

        private static void Start(Envelope envelope)
        {
            ActivityContext.[|TryParse|](envelope.TraceParent, null, out var parent);
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        }
        """);

    [Theory]
    [InlineData("ParentOf(given)", "private static string? ParentOf(Event one) => one.Headers[\"traceparent\"];")]
    [InlineData("TryGet(given, out var text) ? text : null", "private static bool TryGet(Event one, out string? text) { text = null; if (one.Headers.TryGetValue(\"traceparent\", out var value)) text = value; return text != null; }")]
    public Task HelperThatReadsTheHeader(string read, string helper) => Verify(
        "",
        $$"""
        private class Event { public Dictionary<string, string> Headers { get; } = new(); }

        private static void Run(Event given)
        {
            using var activity = source.[|StartActivity|]("run", ActivityKind.Consumer, parentId: {{read}});
        }

        {{helper}}
        """);

    [Fact]
    public Task MemberOfWhatIsSerialized() => Verify(
        "Run(null!, null!);",
        """
        private class Trace { [System.Runtime.Serialization.DataMember] public string? TraceParent { get; set; } }
        private interface IHasTrace { Trace? TraceContext { get; } }
        private class Scheduled : IHasTrace { [System.Runtime.Serialization.DataMember] public Trace? TraceContext { get; set; } }

        private static void Run(Scheduled scheduled, IHasTrace any)
        {
            ActivityContext.[|TryParse|](scheduled.TraceContext?.TraceParent, null, out var parent);
            using var one = source.StartActivity("run", ActivityKind.Internal, parent);
            ActivityContext.[|TryParse|](any.TraceContext!.TraceParent, null, out var other);
            using var two = source.StartActivity("run", ActivityKind.Internal, other);
        }
        """);

    [Fact]
    public Task HeaderOfARequest() => Verify<TL2006_RemoteParentNotMarked>.Rule("""
        using System.Diagnostics;
        using Microsoft.AspNetCore.Http;

        public class Middleware
        {
            private static readonly ActivitySource source = new("app");

            public void Invoke(HttpContext context)
            {
                ActivityContext.[|TryParse|](context.Request.Headers["traceparent"], null, out var parent);
                using var activity = source.StartActivity("one", ActivityKind.Internal, parent);
            }
        }
        """, Setup.SystemDiagnostics with { References = [.. References.None, .. References.AspNetCore] });

    [Fact]
    public Task DictionaryThatTheTypeWritesAHeaderTo() => Verify("""
        var items = new Dictionary<string, string>();
        foreach (var header in result.Message.Headers)
        {
            items["traceparent"] = Encoding.UTF8.GetString(header.GetValueBytes());
        }

        using var activity = source.[|StartActivity|]("one", ActivityKind.Internal, items["traceparent"]);
        """);

    [Fact]
    public Task ParentId() => Verify(
        """
        using var one = source.[|StartActivity|]("process", ActivityKind.Consumer, parentId: Read(result.Message.Headers, "traceparent"));
        using var other = source.[|StartActivity|]("process", ActivityKind.Consumer, headers["traceparent"]);
        """);

    [Fact]
    public Task ParentId_OfAWrapper() => Verify(
        """using var activity = Begin("process", headers["traceparent"]);""",
        "private static Activity? Begin(string name, string parentId) => source.[|StartActivity|](name, ActivityKind.Consumer, parentId);");

    [Fact]
    public Task HelperThatParsesAndReturns() => Verify(
        """using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(result.Message.Headers));""",
        """
        private static ActivityContext Extract(Headers headers)
        {
            return ActivityContext.[|TryParse|](Read(headers, "traceparent"), Read(headers, "tracestate"), out var context) ? context : default;
        }
        """);

    [Fact]
    public Task HelperWithAnOutParameter() => Verify(
        """
        if (TryExtract(headers, out var parent))
        {
            using var activity = Begin(parent);
        }
        """,
        """
        private static bool TryExtract(Dictionary<string, string> headers, out ActivityContext context)
        {
            context = default;
            return headers.TryGetValue("traceparent", out var text) && ActivityContext.[|TryParse|](text, null, out context);
        }

        private static Activity? Begin(ActivityContext parent) => source.StartActivity("process", ActivityKind.Consumer, parent);
        """);

    [Fact]
    public Task Ids() => Verify("""
        var context = new [|ActivityContext|](
            ActivityTraceId.CreateFromString(headers["trace-id"].AsSpan()), ActivitySpanId.CreateFromString(Read(result.Message.Headers, "span-id").AsSpan()), Enum.Parse<ActivityTraceFlags>(headers["flags"]));
        using var activity = source.StartActivity("process", ActivityKind.Consumer, context);
        """);

    /// <summary>A base class starts the span, and the headers are an interface of the project that compares keys itself.</summary>
    [Fact]
    public Task ParentId_GivenToABaseClass() => Verify("", """
        private interface IEvent { IHeaders Headers { get; } string Topic { get; } }
        private interface IHeaders { bool TryGetFirst(string key, out byte[]? output); }

        private record Header(string Key, byte[] Value);

        private class Listed : IHeaders
        {
            private readonly List<Header> all = new();

            public bool TryGetFirst(string key, out byte[]? output)
            {
                var header = all.FirstOrDefault(one => one.Key == key);
                output = header?.Value;
                return output != null;
            }
        }

        private class Provider
        {
            protected Activity? activity;

            protected void Create(string name, ActivityKind kind, string? parentId = null) => activity = source.[|StartActivity|](name, kind, parentId);
        }

        private class Batch : Provider
        {
            public void Create() => Create("process", ActivityKind.Consumer);
        }

        private class One : Provider
        {
            private readonly IEvent received;

            public One(IEvent received)
            {
                this.received = received;
                Create();
            }

            public void Create()
            {
                if (!source.HasListeners())
                {
                    return;
                }

                TryExtract(received, out var parent);
                Create("process", ActivityKind.Consumer, parent);
            }

            private static bool TryExtract(IEvent received, out string? parent)
            {
                parent = null;
                if (received.Headers.TryGetFirst("traceparent", out var bytes))
                {
                    parent = Encoding.ASCII.GetString(bytes!);
                }

                return parent != null;
            }
        }
        """);
}
