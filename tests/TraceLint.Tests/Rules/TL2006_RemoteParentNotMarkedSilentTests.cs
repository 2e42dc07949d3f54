using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2006 stays silent about: the context is marked, becomes no parent, or nothing shows that it came from outside.</summary>
public class TL2006_RemoteParentNotMarkedSilentTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL2006_RemoteParentNotMarked>.Rule(Method("", $$"""
        public void Handle(ConsumeResult<string, string> result, Dictionary<string, string> headers, string given)
        {
        {{statements}}
        }

        private static string? Read(Headers headers, string key)
            => headers.TryGetLastBytes(key, out var bytes) ? Encoding.UTF8.GetString(bytes) : null;

        {{members}}
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task Marked() => Verify("""
        ActivityContext.TryParse(Read(result.Message.Headers, "traceparent"), null, isRemote: true, out var parent);
        using var one = source.StartActivity("process", ActivityKind.Consumer, parent);
        ActivityContext.TryParse(headers["traceparent"], null, true, out var other);
        using var two = source.StartActivity("process", ActivityKind.Consumer, other);
        using var three = source.StartActivity("process", ActivityKind.Consumer, new ActivityContext(parent.TraceId, parent.SpanId, parent.TraceFlags, parent.TraceState, isRemote: true));
        """);

    [Fact]
    public Task RebuiltAsRemote() => Verify("""
        if (ActivityContext.TryParse(headers["traceparent"], null, out var parsed))
        {
            var parent = new ActivityContext(parsed.TraceId, parsed.SpanId, parsed.TraceFlags, parsed.TraceState, true);
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        }
        """);

    [Fact]
    public Task LinkedOnly() => Verify("""
        ActivityContext.TryParse(headers["traceparent"], null, out var context);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, default(ActivityContext), links: [new ActivityLink(context)]);
        """);

    [Fact]
    public Task LinkedByAHelper() => Verify(
        "using var activity = Begin(Extract(headers));",
        """
        private static ActivityContext Extract(Dictionary<string, string> headers) => ActivityContext.Parse(headers["traceparent"], null);
        private static Activity? Begin(ActivityContext context) => source.StartActivity("process", ActivityKind.Consumer, links: [new ActivityLink(context)], parentContext: default);
        """);

    [Fact]
    public Task CheckedOnly() => Verify("""
        if (!ActivityContext.TryParse(headers["traceparent"], null, out _))
        {
            throw new ArgumentException("no context");
        }

        if (ActivityContext.TryParse(headers["traceparent"], null, out var context) && context.TraceFlags == ActivityTraceFlags.Recorded)
        {
            using var activity = source.StartActivity("process");
        }
        """);

    [Fact]
    public Task OwnActivity() => Verify("""
        ActivityContext.TryParse(Activity.Current?.Id, null, out var parent);
        using var one = source.StartActivity("process", ActivityKind.Consumer, parent);
        using var two = source.StartActivity("process", ActivityKind.Consumer, Activity.Current?.Id);
        using var three = source.StartActivity("process", ActivityKind.Consumer, parentId: one?.Id);
        """);

    [Fact]
    public Task ItemOfAnOwnQueue() => Verify(
        """
        var job = new Job(Activity.Current?.Id, "payload");
        Run(job);
        """,
        """
        private record Job(string? TraceParent, string Payload);
        private static void Run(Job job)
        {
            using var activity = source.StartActivity("run", ActivityKind.Internal, job.TraceParent);
        }
        """);

    [Fact]
    public Task ItemsOfARequest() => Verify<TL2006_RemoteParentNotMarked>.Rule("""
        using System.Diagnostics;
        using System.Net.Http;
        using Microsoft.AspNetCore.Http;

        public class Middleware
        {
            private static readonly ActivitySource source = new("app");

            public void Invoke(HttpContext context, HttpRequestMessage request)
            {
                context.Items["traceparent"] = Activity.Current?.Id;
                ActivityContext.TryParse((string?)context.Items["traceparent"], null, out var parent);
                using var one = source.StartActivity("one", ActivityKind.Internal, parent);
                ActivityContext.TryParse(context?.Items["parent"] as string, null, out var other);
                using var two = source.StartActivity("two", ActivityKind.Internal, other);
                request.Options.TryGetValue(new HttpRequestOptionsKey<string>("traceparent"), out var text);
                using var three = source.StartActivity("three", ActivityKind.Internal, text);
            }
        }
        """, Setup.SystemDiagnostics with { References = [.. References.None, .. References.AspNetCore] });

    [Fact]
    public Task DictionaryThatTheTypeWritesItsSpanTo() => Verify(
        """
        kept["traceparent"] = Activity.Current?.Id;
        using var one = source.StartActivity("one", ActivityKind.Internal, kept["traceparent"]);
        var items = new Dictionary<string, string>();
        items.Add("traceparent", Activity.Current!.Id!);
        if (items.TryGetValue("traceparent", out var own) && ActivityContext.TryParse(own, null, out var parent))
        {
            using var two = source.StartActivity("two", ActivityKind.Internal, parent);
        }
        """,
        "private readonly Dictionary<string, string?> kept = new();");

    [Theory]
    [InlineData("private static string? ParentOf(Event one) { one.Headers[\"traceparent\"] = one.Id; return one.Id; }")]
    [InlineData("private static string? ParentOf(Event one) { one.Headers.Remove(\"traceparent\"); return one.Id; }")]
    [InlineData("private static string? ParentOf(Event one) => one.Headers[\"id\"];")]
    [InlineData("private static string? ParentOf(Event one) => Activity.Current?.GetTagItem(\"traceparent\") as string;")]
    public Task HelperThatReadsNoHeader(string helper) => Verify(
        "",
        $$"""
        private class Event { public Dictionary<string, string> Headers { get; } = new(); public string Id { get; set; } = ""; }

        private static void Run(Event given)
        {
            using var activity = source.StartActivity("run", ActivityKind.Consumer, parentId: ParentOf(given));
        }

        {{helper}}
        """);

    [Fact]
    public Task MemberOfWhatIsNotSerialized() => Verify(
        "Run(new Job { Trace = new Trace { TraceParent = given } });",
        """
        private class Trace { [System.Runtime.Serialization.DataMember] public string? TraceParent { get; set; } }
        private class Job { public Trace? Trace { get; set; } }

        private static void Run(Job job)
        {
            ActivityContext.TryParse(job.Trace?.TraceParent, null, out var parent);
            using var activity = source.StartActivity("run", ActivityKind.Internal, parent);
        }
        """);

    [Fact]
    public Task ParameterThatNobodyIsSeenToPass() => Verify("""
        ActivityContext.TryParse(given, null, out var parent);
        using var one = source.StartActivity("process", ActivityKind.Consumer, parent);
        using var two = source.StartActivity("process", ActivityKind.Consumer, parentId: given);
        """);

    [Fact]
    public Task KeptInAField() => Verify(
        "parent = ActivityContext.Parse(headers[\"traceparent\"], null);",
        "private ActivityContext parent; public ActivityContext Parent => parent;");

    [Fact]
    public Task NoParent() => Verify("""
        using var one = source.StartActivity("process", ActivityKind.Consumer, parentId: null);
        using var two = source.StartActivity("process", ActivityKind.Consumer, default(ActivityContext));
        using var three = source.StartActivity("process", ActivityKind.Consumer);
        """);

    [Fact]
    public Task FlagsMadeUp_IsAnotherRule() => Verify("""
        var context = new ActivityContext(ActivityTraceId.CreateFromString(headers["traceparent"].AsSpan()), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, context);
        """);

    [Fact]
    public Task IdsOfThisProcess() => Verify("""
        var context = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), Activity.Current!.ActivityTraceFlags);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, context);
        """);

    [Fact]
    public Task OwnActivityContext() => Verify(
        "Mine.ActivityContext.TryParse(headers[\"traceparent\"], null, out var context); Console.WriteLine(context);",
        "private static class Mine { public static class ActivityContext { public static bool TryParse(string a, string? b, out int c) { c = 0; return true; } } }");
}
