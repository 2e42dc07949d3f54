using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.CodeFixes;

public class TL2006_MarkRemoteTests
{
    private static Task Verify(string statements, string @fixed, string members = "", string fixedMembers = "", Setup? setup = null)
        => Verify<TL2006_RemoteParentNotMarked>.Fix<TL2006_MarkRemote>(Source(statements, members), Source(@fixed, fixedMembers), setup ?? Setup.SystemDiagnostics);

    private static string Source(string statements, string members) => Method("", $$"""
        public void Handle(Dictionary<string, string> headers)
        {
        {{Indent(statements, 1)}}
        }

        {{members}}
        """);

    [Fact]
    public Task TryParse() => Verify(
        """
        ActivityContext.[|TryParse|](headers["traceparent"], null, out var parent); // the sender's
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """,
        """
        headers.TryGetValue("tracestate", out var traceState);
        ActivityContext.TryParse(headers["traceparent"], traceState, isRemote: true, out var parent); // the sender's
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """);

    [Fact]
    public Task Parse() => Verify(
        """
        var parent = ActivityContext.[|Parse|](headers["traceparent"], headers["tracestate"]);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """,
        """
        var parent = ActivityContext.TryParse(
            headers["traceparent"],
            headers["tracestate"],
            isRemote: true,
            out var remoteParent)
            ? remoteParent
            : default;
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """);

    [Fact]
    public Task Parse_InAnExpression() => Verify(
        """
        using var activity = source.StartActivity("process", ActivityKind.Consumer, headers.Count > 0 ? ActivityContext.[|Parse|](headers["traceparent"], null) : default);
        """,
        """
        using var activity = source.StartActivity("process", ActivityKind.Consumer, headers.Count > 0 ? (ActivityContext.TryParse(headers["traceparent"], headers.TryGetValue("tracestate", out var traceState) ? traceState : null, isRemote: true, out var parent) ? parent : default) : default);
        """);

    [Fact]
    public Task ParentId() => Verify(
        """
        using var one = source.[|StartActivity|]("process", ActivityKind.Consumer, parentId: headers["traceparent"], tags: null);
        using var other = source.[|StartActivity|]("process", ActivityKind.Consumer, headers["traceparent"]);
        """,
        """
        headers.TryGetValue("tracestate", out var traceState);
        ActivityContext.TryParse(headers["traceparent"], traceState, isRemote: true, out var parent);
        using var one = source.StartActivity("process", ActivityKind.Consumer, parentContext: parent, tags: null);
        headers.TryGetValue("tracestate", out var parentState);
        ActivityContext.TryParse(headers["traceparent"], parentState, isRemote: true, out var remoteParent);
        using var other = source.StartActivity("process", ActivityKind.Consumer, remoteParent);
        """);

    [Fact]
    public Task Ids() => Verify(
        """
        var context = new [|ActivityContext|](ActivityTraceId.CreateFromString(headers["traceparent"].AsSpan(3, 32)), ActivitySpanId.CreateRandom(), Activity.Current!.ActivityTraceFlags);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, context);
        """,
        """
        var context = new ActivityContext(ActivityTraceId.CreateFromString(headers["traceparent"].AsSpan(3, 32)), ActivitySpanId.CreateRandom(), Activity.Current!.ActivityTraceFlags, isRemote: true);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, context);
        """);

    [Fact]
    public Task Helper_IsFixedWhereItParses() => Verify(
        """using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(headers));""",
        """using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(headers));""",
        """private static ActivityContext Extract(Dictionary<string, string> headers) => ActivityContext.[|Parse|](headers["traceparent"], null);""",
        """
        private static ActivityContext Extract(Dictionary<string, string> headers)
        {
            headers.TryGetValue("tracestate", out var traceState);
            ActivityContext.TryParse(headers["traceparent"], traceState, isRemote: true, out var parent);
            return parent;
        }
        """);

    // The state is read as the context is, but never throws.
    private static Task Reads(string read, string state, string members = "") => Verify(
        $"""
        {read}
        ActivityContext.[|TryParse|](text, null, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """,
        $"""
        {read}
        {state}isRemote: true, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """,
        members, members);

    [Fact]
    public Task State_OfATriedRead() => Reads(
        """headers.TryGetValue("traceparent", out var text);""",
        """
        headers.TryGetValue("tracestate", out var traceState);
        ActivityContext.TryParse(text, traceState, 
        """);

    [Fact]
    public Task State_OfAHelper() => Reads(
        """var text = Read(headers, "traceparent");""",
        """ActivityContext.TryParse(text, Read(headers, "tracestate"), """,
        """private static string? Read(Dictionary<string, string> headers, string name) => headers.TryGetValue(name, out var value) ? value : null;""");

    [Fact]
    public Task State_OfAHelperThatMayThrow() => Reads(
        """var text = Read(headers, "traceparent");""",
        """ActivityContext.TryParse(text, null, """,
        """private static string Read(Dictionary<string, string> headers, string name) => headers[name];""");

    [Fact]
    public Task State_OfKafkaHeaders() => Reads(
        """
        var kafka = new Headers();
        var text = Encoding.UTF8.GetString(kafka.GetLastBytes("traceparent"));
        """,
        """
        var traceState = kafka.TryGetLastBytes("tracestate", out var stateValue)
            ? Encoding.UTF8.GetString(stateValue)
            : null;
        ActivityContext.TryParse(text, traceState, 
        """);

    [Fact]
    public Task State_OfAChoice() => Reads(
        """
        var kafka = new Headers();
        var text = kafka.TryGetLastBytes("traceparent", out var bytes) ? Encoding.UTF8.GetString(bytes) : null;
        """,
        """
        var traceState = kafka.TryGetLastBytes("tracestate", out var stateValue)
            ? Encoding.UTF8.GetString(stateValue)
            : null;
        ActivityContext.TryParse(text, traceState, 
        """);

    [Fact]
    public Task State_OfTheEnvironment() => Verify(
        """
        var text = Environment.GetEnvironmentVariable("TRACEPARENT");
        ActivityContext.[|TryParse|](text, null, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """,
        """
        var text = Environment.GetEnvironmentVariable("TRACEPARENT");
        ActivityContext.TryParse(
            text,
            Environment.GetEnvironmentVariable("TRACESTATE"),
            isRemote: true,
            out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """);

    [Fact]
    public Task State_OfATextThatIsReplaced() => Reads(
        """
        var text = headers["traceparent"];
        text = text.Trim() + headers["suffix"];
        """,
        """ActivityContext.TryParse(text, null, """);

    [Fact]
    public Task TryParse_InACondition() => Verify(
        """
        if (headers.TryGetValue("traceparent", out var text) && ActivityContext.[|TryParse|](text, null, out var parent))
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        }
        """,
        """
        if (headers.TryGetValue("traceparent", out var text)
            && ActivityContext.TryParse(
                text,
                headers.TryGetValue("tracestate", out var traceState) ? traceState : null,
                isRemote: true,
                out var parent))
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        }
        """);

    private static readonly Setup s_before7 = Setup.SystemDiagnostics with
    {
        References = References.Untraced.Add(References.NewestKafka).Add(References.Stub("System.Diagnostics.DiagnosticSource", DiagnosticSource6)),
    };

    [Fact]
    public Task Before7_IsMadeAgain() => Verify(
        """
        var parent = ActivityContext.[|Parse|](headers["traceparent"], null);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """,
        """
        headers.TryGetValue("tracestate", out var traceState);
        var parent = ActivityContext.TryParse(headers["traceparent"], traceState, out var remoteParent)
            ? new ActivityContext(
                remoteParent.TraceId,
                remoteParent.SpanId,
                remoteParent.TraceFlags,
                remoteParent.TraceState,
                isRemote: true)
            : default;
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """,
        setup: s_before7);

    [Fact]
    public Task Before7_TryParseIsChangedByHand() => Verify<TL2006_RemoteParentNotMarked>.NoFix<TL2006_MarkRemote>(
        Source(
            """
            ActivityContext.[|TryParse|](headers["traceparent"], null, out var parent);
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
            """,
            ""),
        s_before7);

    private const string DiagnosticSource6 = """
        using System;
        using System.Collections.Generic;

        namespace System.Diagnostics
        {
            public enum ActivityKind { Internal, Server, Client, Producer, Consumer }
            public enum ActivityTraceFlags { None, Recorded }
            public struct ActivityTraceId { }
            public struct ActivitySpanId { }
            public struct ActivityLink { }

            public struct ActivityContext
            {
                public ActivityContext(ActivityTraceId traceId, ActivitySpanId spanId, ActivityTraceFlags traceFlags, string traceState = null, bool isRemote = false) { this = default; }
                public ActivityTraceId TraceId { get { return default; } }
                public ActivitySpanId SpanId { get { return default; } }
                public ActivityTraceFlags TraceFlags { get { return default; } }
                public string TraceState { get { return null; } }
                public static ActivityContext Parse(string traceParent, string traceState) { return default; }
                public static bool TryParse(string traceParent, string traceState, out ActivityContext context) { context = default; return false; }
            }

            public class Activity : IDisposable
            {
                public Activity(string operationName) { }
                public static Activity Current { get; set; }
                public void Dispose() { }
            }

            public sealed class ActivitySource
            {
                public ActivitySource(string name, string version = "") { }
                public Activity StartActivity(string name = "", ActivityKind kind = ActivityKind.Internal) { return null; }
                public Activity StartActivity(string name, ActivityKind kind, ActivityContext parentContext, IEnumerable<KeyValuePair<string, object>> tags = null, IEnumerable<ActivityLink> links = null, DateTimeOffset startTime = default) { return null; }
                public Activity StartActivity(string name, ActivityKind kind, string parentId, IEnumerable<KeyValuePair<string, object>> tags = null, IEnumerable<ActivityLink> links = null, DateTimeOffset startTime = default) { return null; }
            }
        }
        """;
}
