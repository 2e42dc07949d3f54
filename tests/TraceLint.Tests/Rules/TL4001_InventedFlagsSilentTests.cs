using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL4001 stays silent about: the flags are those of the context, or there was nothing to be carried on.</summary>
public class TL4001_InventedFlagsSilentTests
{
    private const string Ids = """
        var traceId = ActivityTraceId.CreateFromString(order.AsSpan(3, 32));
        var spanId = ActivitySpanId.CreateFromString(order.AsSpan(36, 16));

        """;

    private static Task Verify(string statements, string members = "") => Verify<TL4001_InventedFlags>.Rule(Traced(statements, members));

    [Fact]
    public Task TextWithItsFlags() => Verify("""
        var activity = Activity.Current!;
        var flags = activity.Recorded ? "01" : "00";
        var one = $"00-{activity.TraceId}-{activity.SpanId}-{flags}";
        var two = $"00-{activity.TraceId}-{activity.SpanId}-{(byte)activity.ActivityTraceFlags:x2}";
        """);

    [Fact]
    public Task FlagChosenByACondition() => Verify("""
        var activity = Activity.Current!;
        var header = activity.Recorded ? $"00-{activity.TraceId}-{activity.SpanId}-01" : $"00-{activity.TraceId}-{activity.SpanId}-00";
        """);

    [Fact]
    public Task WrittenOnlyWhenSampled() => Verify("", """
        public string? Header(Activity activity)
        {
            if (!activity.ActivityTraceFlags.HasFlag(ActivityTraceFlags.Recorded))
                return null;
            return $"00-{activity.TraceId}-{activity.SpanId}-01";
        }
        """);

    [Fact]
    public Task TextOfANewTrace() => Verify("""
        var one = $"00-{Guid.NewGuid():N}-{Guid.NewGuid().ToString("N").Substring(16)}-01";
        var two = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01";
        var three = $"00-{ActivityTraceId.CreateFromString(order.AsSpan())}-{ActivitySpanId.CreateRandom()}-01";
        var four = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        """);

    [Fact]
    public Task HelperWithoutCallers_OrWithOneThatBeginsATrace() => Verify(
        "var header = Begin(NewTraceId(), order); header = Begin(Activity.Current!.TraceId.ToString(), order);",
        """
        public static string Format(string traceId, string spanId) => $"00-{traceId}-{spanId}-01";
        private static string Begin(string traceId, string spanId) => $"00-{traceId}-{spanId}-01";
        private static string NewTraceId() => Guid.NewGuid().ToString("N");
        """);

    [Fact]
    public Task IdsOfThisObject() => Verify("", """
        private readonly string traceId = Guid.NewGuid().ToString("N");
        private readonly string spanId = "00f067aa0ba902b7";
        public string Header => $"00-{traceId}-{spanId}-01";
        """);

    [Fact]
    public Task OtherText() => Verify("""
        var activity = Activity.Current!;
        var key = $"00-{order}-{order.Length}-01";
        var date = $"{DateTime.Now.Year}-{order}-01";
        var name = $"trace {activity.TraceId}-{activity.SpanId}-01";
        var sum = order + "-01";
        """);

    [Fact]
    public Task TextForALog() => Verify(
        "Console.WriteLine($\"00-{Activity.Current!.TraceId}-{Activity.Current.SpanId}-01\");");

    [Fact]
    public Task FlagsReadFromTheHeader() => Verify(Ids + """
        var flags = order.EndsWith("01") ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
        using var one = source.StartActivity("process", ActivityKind.Consumer, new ActivityContext(traceId, spanId, flags));
        using var two = source.StartActivity("process", ActivityKind.Consumer, new ActivityContext(traceId, spanId, (ActivityTraceFlags)Convert.ToByte(order.Substring(53), 16)));
        """);

    [Fact]
    public Task FlagsAddedLater() => Verify(Ids + """
        var flags = ActivityTraceFlags.None;
        if (order.EndsWith("1"))
            flags |= ActivityTraceFlags.Recorded;
        using var activity = source.StartActivity("process", ActivityKind.Consumer, new ActivityContext(traceId, spanId, flags));
        """);

    [Fact]
    public Task HeaderThatSaysSampled() => Verify(Ids + """
        var sampled = client != null;
        var context = sampled ? new ActivityContext(traceId, spanId, ActivityTraceFlags.Recorded) : new ActivityContext(traceId, spanId, ActivityTraceFlags.None);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, context);
        """);

    [Fact]
    public Task FlagsOfWhichOneIsChosen() => Verify(Ids + """
        var context = order.Split('-') is [_, _, "1" or "d", ..]
            ? new ActivityContext(traceId, spanId, ActivityTraceFlags.Recorded)
            : new ActivityContext(traceId, spanId, ActivityTraceFlags.None);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, context);
        """);

    [Fact]
    public Task NewTrace() => Verify("""
        var root = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        using var one = source.StartActivity("run", ActivityKind.Internal, root);
        var correlated = new ActivityContext(ActivityTraceId.CreateFromString(order.AsSpan()), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        using var two = source.StartActivity("run", ActivityKind.Internal, correlated);
        using var three = source.StartActivity("run", ActivityKind.Internal, new ActivityContext(default, default, ActivityTraceFlags.None));
        """);

    [Fact]
    public Task TraceIdThatIsAHash() => Verify("""
        var bytes = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(order));
        var context = new ActivityContext(ActivityTraceId.CreateFromBytes(bytes.AsSpan(0, 16)), ActivitySpanId.CreateFromBytes(bytes.AsSpan(16, 8)), ActivityTraceFlags.Recorded);
        using var activity = source.StartActivity("run", ActivityKind.Internal, context);
        """);

    [Fact]
    public Task ContextThatIsLinked() => Verify(
        Ids + """
        var context = new ActivityContext(traceId, spanId, ActivityTraceFlags.None);
        var links = new List<ActivityLink> { new ActivityLink(context), new ActivityLink(Read(order)) };
        using var activity = source.StartActivity("process", ActivityKind.Consumer, default(ActivityContext), links: links);
        """,
        """
        private static ActivityContext Read(string text)
            => new(ActivityTraceId.CreateFromString(text.AsSpan(3, 32)), ActivitySpanId.CreateFromString(text.AsSpan(36, 16)), ActivityTraceFlags.None, isRemote: true);
        """);

    [Fact]
    public Task ContextThatIsCompared_StoredOrReturnedAsALocalOne() => Verify(
        Ids + """
        var seen = new HashSet<ActivityContext>();
        seen.Add(new ActivityContext(traceId, spanId, ActivityTraceFlags.None));
        """,
        """
        public static ActivityContext Read(string text)
            => new(ActivityTraceId.CreateFromString(text.AsSpan(3, 32)), ActivitySpanId.CreateFromString(text.AsSpan(36, 16)), ActivityTraceFlags.None);
        """);

    [Fact]
    public Task ExporterOfAnotherFormat() => Verify("", """
        public class ZipkinSpanReader
        {
            public ActivityContext Parent(string text)
                => new(ActivityTraceId.CreateFromString(text.AsSpan(3, 32)), ActivitySpanId.CreateFromString(text.AsSpan(36, 16)), ActivityTraceFlags.Recorded, isRemote: true);
        }
        """);

    [Fact]
    public Task ProcessorThatClearsTheFlag() => Verify("""
        Activity.Current!.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        Activity.Current.ActivityTraceFlags = ActivityTraceFlags.None;
        """);

    [Fact]
    public Task OwnType() => Verify(
        "var one = new ActivityContext(1, 2, 3); Outer.ActivityContext two = new(1, 2, 3);",
        """
        private class ActivityContext { public ActivityContext(int a, int b, int c) { } }
        private static class Outer { public class ActivityContext { public ActivityContext(int a, int b, int c) { } } }
        """);
}
