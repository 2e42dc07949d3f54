using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL4001 reports. What it does not is in TL4001_InventedFlagsSilentTests.</summary>
public class TL4001_InventedFlagsTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL4001_InventedFlags>.Rule(Traced(statements, members));

    [Fact]
    public Task InterpolatedText() => Verify("""
        var activity = Activity.Current!;
        var sampled = $"00-{activity.TraceId}-{activity.SpanId}[|-01|]";
        var dropped = $"00-{activity.TraceId.ToHexString()}-{activity.SpanId.ToHexString()}[|-00|]";
        var current = $"00-{Activity.Current?.TraceId}-{Activity.Current?.SpanId}[|-01|]";
        """);

    [Fact]
    public Task TextOverParts() => Verify("""
        const string Version = "00";
        var activity = Activity.Current!;
        var one = "00-" + activity.TraceId + "-" + activity.SpanId.ToString() + [|"-01"|];
        var two = string.Format([|"00-{0}-{1}-01"|], activity.TraceId, activity.SpanId);
        var three = string.Concat("00-", activity.TraceId.ToString(), "-", activity.SpanId.ToString(), [|"-01"|]);
        var four = string.Join("-", "00", activity.TraceId, activity.SpanId, [|"01"|]);
        var five = $"{Version}-{activity.TraceId}-{activity.SpanId}[|-01|]";
        """);

    [Fact]
    public Task TextOfWhatArrived() => Verify(
        "",
        """
        public class Row { public string TraceId { get; set; } = ""; public string SpanId { get; set; } = ""; }
        public string Parent(Row row) => $"00-{row.TraceId}-{row.SpanId}[|-01|]";
        """);

    [Fact]
    public Task HelperWhoseCallersHaveASpan() => Verify(
        "message.Headers[\"traceparent\"] = Format(Activity.Current!.TraceId.ToString(), Activity.Current.SpanId.ToString());",
        """
        private readonly Message message = new Message();
        private static string Format(string traceId, string spanId) => $"00-{traceId}-{spanId}[|-01|]";
        """);

    [Fact]
    public Task ContextFromText() => Verify("""
        var parts = order.Split('-');
        var context = new ActivityContext(ActivityTraceId.CreateFromString(parts[1].AsSpan()), ActivitySpanId.CreateFromString(parts[2].AsSpan()), [|ActivityTraceFlags.Recorded|]);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, context);
        """);

    [Fact]
    public Task ContextInPlace() => Verify("""
        using var activity = source.StartActivity("process", ActivityKind.Consumer, new ActivityContext(
            ActivityTraceId.CreateFromString(order.AsSpan(3, 32)), ActivitySpanId.CreateFromString(order.AsSpan(36, 16)), [|default|], isRemote: true));
        """);

    [Fact]
    public Task ContextForAPropagationContext() => Verify("""
        var traceId = ActivityTraceId.CreateFromString(order.AsSpan(3, 32));
        var spanId = ActivitySpanId.CreateFromString(order.AsSpan(36, 16));
        var flags = ActivityTraceFlags.None;
        var parent = new PropagationContext(new ActivityContext(traceId, spanId, [|flags|]), Baggage.Current);
        """);

    [Fact]
    public Task RemoteContextThatIsReturned() => Verify("", """
        public static ActivityContext? ToContext(string traceId, string spanId, bool isRemote) => spanId == "" ? default(ActivityContext?) : new ActivityContext(
            ActivityTraceId.CreateFromString(traceId.AsSpan()), ActivitySpanId.CreateFromString(spanId.AsSpan()), [|ActivityTraceFlags.Recorded|], isRemote: isRemote);
        """);

    [Fact]
    public Task ContextThatACallerContinues() => Verify(
        """
        if (TryRead(order, out var parent))
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        }

        using var other = source.StartActivity("process", ActivityKind.Consumer, Read(order));
        """,
        """
        private static bool TryRead(string text, out ActivityContext context)
        {
            context = new(ActivityTraceId.CreateFromString(text.AsSpan(3, 32)), ActivitySpanId.CreateFromString(text.AsSpan(36, 16)), [|ActivityTraceFlags.Recorded|]);
            return true;
        }

        private static ActivityContext Read(string text)
        {
            return new(ActivityTraceId.CreateFromString(text.AsSpan(3, 32)), ActivitySpanId.CreateFromString(text.AsSpan(36, 16)), [|ActivityTraceFlags.Recorded|]);
        }
        """);

    [Fact]
    public Task NewSpanInATraceThatThereWas() => Verify("""
        var parent = Activity.Current!.Context;
        using var activity = source.StartActivity("process", ActivityKind.Consumer, new ActivityContext(parent.TraceId, ActivitySpanId.CreateRandom(), [|ActivityTraceFlags.Recorded|]));
        """);

    [Fact]
    public Task ParentIds() => Verify(
        "using var activity = new Activity(\"process\").SetParentId(Parent.TraceId, Parent.SpanId, [|ActivityTraceFlags.Recorded|]).Start();",
        "private ActivityContext Parent { get; }");
}
