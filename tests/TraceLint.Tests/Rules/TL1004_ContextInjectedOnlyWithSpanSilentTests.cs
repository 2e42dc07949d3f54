using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1004 must not report: the current context is injected, too, or nothing is lost for all that can be known.</summary>
public partial class TL1004_ContextInjectedOnlyWithSpanSilentTests
{
    private const string Inject = $"propagator.Inject(new PropagationContext(activity.Context, Baggage.Current), message.Headers, {Setter});";
    private const string InjectCurrent = $"propagator.Inject(new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), message.Headers, {Setter});";

    private static Task Verify(string source, Setup? setup = null) => Verify<TL1004_ContextInjectedOnlyWithSpan>.Rule(source, setup);

    private static Task VerifyGuarded(string start, string guard = "activity != null", string members = "", string usings = "") => Verify(Traced($$"""
        {{start}}
        var message = new Message { Body = order };
        if ({{guard}})
        {
            propagator.Inject(new PropagationContext(activity!.Context, Baggage.Current), message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        """, members).Insert(0, usings));

    // The span is not one that may be missing, or not certainly.
    [Theory]
    [InlineData("var activity = Activity.Current;")]
    [InlineData("var activity = source.StartActivity(\"publish\") ?? Activity.Current;")]
    [InlineData("Activity? activity = source.StartActivity(\"publish\"); activity = activity ?? Activity.Current;")]
    [InlineData("var activity = source.StartActivity(\"publish\"); activity ??= Activity.Current;")]
    [InlineData("using var span = source.StartActivity(\"publish\"); var activity = Activity.Current;")]
    [InlineData("using var span = source.StartActivity(\"publish\"); var activity = span ?? Activity.Current;")]
    [InlineData("var activity = flag ? source.StartActivity(\"publish\") : Activity.Current;")]
    [InlineData("var activity = source.StartActivity(\"publish\"); if (activity is null) { activity = Activity.Current; }")]
    [InlineData("var activity = source.StartActivity(\"publish\"); Action replace = () => activity = Activity.Current; replace();")]
    [InlineData("using var activity = new Activity(\"publish\").Start();")]
    [InlineData("using var activity = source.StartActivity(\"publish\") ?? new Activity(\"publish\").Start();")]
    [InlineData("var activity = client as Activity;")]
    [InlineData("Activity? activity = null; Replace(ref activity);")]
    [InlineData("var activity = StartOrCurrent();")]
    [InlineData("var activity = StartVirtually();")]
    [InlineData("var activity = current;")]
    public Task SpanThatIsNotOnlyStarted(string start) => VerifyGuarded(start, members: """
        private static readonly Activity? current = Activity.Current;
        private static void Replace(ref Activity? activity) => activity = source.StartActivity("publish") ?? Activity.Current;
        private static Activity? StartOrCurrent() => source.StartActivity("publish") ?? Activity.Current;
        protected virtual Activity? StartVirtually() => source.StartActivity("publish");
        """);

    // OpenTelemetry creates the span of a remote parent in any case, and what else is lost is not the current context.
    [Theory]
    [InlineData("using var activity = source.StartActivity(\"publish\", ActivityKind.Producer, propagator.Extract(default, order, (_, _) => []).ActivityContext);")]
    [InlineData("using var activity = source.StartActivity(\"publish\", ActivityKind.Producer, parentId: order);")]
    [InlineData("ActivityContext.TryParse(order, null, out var parent); using var activity = source.StartActivity(\"publish\", ActivityKind.Producer, parent);")]
    [InlineData("using var activity = source.StartActivity(\"publish\", ActivityKind.Producer, new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), default));")]
    [InlineData("Activity.Current = null; using var activity = source.StartActivity(\"publish\");")]
    [InlineData("using var activity = source.StartActivity(\"receive\", ActivityKind.Consumer);")]
    [InlineData("using var activity = source.StartActivity(kind: ActivityKind.Server, name: \"request\");")]
    public Task SpanWithAParentOfItsOwn(string start) => VerifyGuarded(start);

    [Theory]
    [InlineData("flag")]
    [InlineData("Activity.Current != null")]
    [InlineData("activity != null || Activity.Current != null")]
    [InlineData("source.HasListeners()")]
    [InlineData("message.Headers.Count == 0")]
    [InlineData("client != null")]
    public Task GuardOnSomethingElse(string guard) => VerifyGuarded("using var activity = source.StartActivity(\"publish\");", guard);

    [Theory]
    [InlineData("Activity.Current?.Context ?? default")]
    [InlineData("(activity ?? Activity.Current)?.Context ?? default")]
    [InlineData("activity?.Context ?? Activity.Current?.Context ?? default")]
    [InlineData("activity != null ? activity.Context : Activity.Current?.Context ?? default")]
    [InlineData("activity == null ? Activity.Current?.Context ?? default : activity.Context")]
    [InlineData("activity is { } span ? span.Context : Parent()")]
    [InlineData("activity!.Context")]
    [InlineData("activity?.Context ?? Parent()")]
    [InlineData("default")]
    public Task ContextWithAFallback(string context) => Verify(Traced($$"""
        {{Start}}
        propagator.Inject(new PropagationContext({{context}}, Baggage.Current), message.Headers, {{Setter}});
        await client.SendAsync(message);
        """, "private static ActivityContext Parent() => Activity.Current?.Context ?? default;"));

    [Theory]
    [InlineData("ActivityContext context = default; if (activity != null) context = activity.Context; else if (Activity.Current != null) context = Activity.Current.Context;")]
    [InlineData("ActivityContext context = Activity.Current?.Context ?? default; if (activity != null) context = activity.Context;")]
    [InlineData("var context = activity?.Context ?? default; if (!context.IsValid()) context = Activity.Current?.Context ?? default;")]
    [InlineData("var context = activity?.Context ?? default; if (activity is null && Activity.Current is { } current) { context = current.Context; }")]
    [InlineData("ActivityContext context; switch (activity) { case null: context = Activity.Current?.Context ?? default; break; default: context = activity.Context; break; }")]
    public Task ContextChosenByBranches(string choice) => Verify(Traced($$"""
        {{Start}}
        {{choice}}
        propagator.Inject(new PropagationContext(context, Baggage.Current), message.Headers, {{Setter}});
        await client.SendAsync(message);
        """));

    [Theory]
    [InlineData($"if (activity != null) {{ {Inject} }} else {{ {InjectCurrent} }}")]
    [InlineData($"if (activity == null) {{ {InjectCurrent} }} else {{ {Inject} }}")]
    [InlineData($"if (activity != null) {{ {Inject} }} else if (Activity.Current is {{ }} current) {{ InjectSpan(current, message); }}")]
    [InlineData($"if (activity is null) {{ {InjectCurrent} await client.SendAsync(message); return; }} {Inject}")]
    [InlineData($"{InjectCurrent} if (activity != null) {{ {Inject} }}")]
    [InlineData($"if (activity != null) {{ {Inject} }} {InjectCurrent}")]
    [InlineData($"if (activity != null) {{ {Inject} }} InjectSpan(activity ?? Activity.Current, message);")]
    [InlineData($"if (activity != null) {{ {Inject} }} else {{ AddContext(message); }}")]
    [InlineData($"AddContext(message); if (activity != null) {{ {Inject} }}")]
    [InlineData($"if (activity != null) {{ {Inject} }} else {{ message.Headers[\"traceparent\"] = Activity.Current?.Id ?? \"\"; }}")]
    [InlineData($"if (activity != null) {{ {Inject} }} else {{ Enrich(message); }}")]
    [InlineData($"if (activity != null) {{ {Inject} }} else {{ enrich(message); }}")]
    public Task OtherPathInjectsOrMay(string injections) => Verify(Traced($$"""
        {{Start}}
        Action<Message> enrich = message => client.Log(message.Body);
        {{injections}}
        await client.SendAsync(message);
        """, $$"""
        private static void InjectSpan(Activity? span, Message message) => propagator.Inject(new PropagationContext(span?.Context ?? default, default), message.Headers, {{Setter}});
        private void AddContext(Message message) => WriteHeaders(message);
        private static void WriteHeaders(Message message) { {{InjectCurrent}} }
        protected virtual void Enrich(Message message) { }
        """));

    [Theory]
    [InlineData("activity?.Id ?? Activity.Current?.Id ?? \"\"")]
    [InlineData("(activity ?? Activity.Current)?.Id ?? \"\"")]
    [InlineData("activity?.Id ?? order")]
    [InlineData("activity?.Id ?? Guid.NewGuid().ToString()")]
    [InlineData("Activity.Current?.Id ?? \"\"")]
    [InlineData("order")]
    [InlineData("\"\"")]
    [InlineData("activity!.Id!")]
    public Task HeaderWithAFallback(string value) => Verify(Method($$"""
        {{Start}}
        message.Headers["traceparent"] = {{value}};
        await client.SendAsync(message);
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task OtherHeaders() => Verify(Method($$"""
        {{Start}}
        message.Headers["order"] = activity?.Id ?? "";
        message.Headers["correlation-id"] = activity?.TraceId.ToString() ?? "";
        message.Headers[order] = activity?.Id ?? "";
        var names = new List<string>();
        names.Add("traceparent");
        var ids = new Dictionary<string, int>();
        ids["traceparent"] = 1;
        if (activity != null)
            message.Headers["tracestate"] = activity.TraceStateString ?? "";
        await client.SendAsync(message);
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task HeaderWrittenOnlyWhereThereIsAnId() => Verify(Method($$"""
        {{Start}}
        if ((activity ?? Activity.Current)?.Id is { } id)
        {
            message.Headers["traceparent"] = id;
        }

        await client.SendAsync(message);
        """), Setup.SystemDiagnostics);

    // It throws when there is none.
    [Theory]
    [InlineData($"activity!.SetTag(\"order\", order); if (activity != null) {{ {Inject} }}")]
    [InlineData("activity!.DisplayName = order; propagator.Inject(new PropagationContext(activity?.Context ?? default, default), message.Headers, (headers, key, value) => headers[key] = value);")]
    [InlineData("client.Log(activity!.Id!); message.Headers[\"traceparent\"] = activity?.Id ?? \"\";")]
    [InlineData("InjectSpan(activity!, message);")]
    [InlineData("TagSpan(activity!, order); if (activity is not null) { InjectSpan(activity, message); }")]
    public Task SpanUsedAsIfNeverMissing(string statements) => Verify(Traced($$"""
        {{Start}}
        {{statements}}
        await client.SendAsync(message);
        """, $$"""
        private static void TagSpan(Activity activity, string order) => activity.SetTag("order", order);
        public static void InjectSpan(Activity activity, Message message)
        {
            {{Inject}}
            activity?.SetTag("body", message.Body);
        }
        """));

    // Several spans in one file, and one name for two things.
    [Fact]
    public Task OtherActivities() => Verify("""
        using System.Collections.Generic;
        using System.Diagnostics;

        public class Activity
        {
            public string Id { get; } = "";
        }

        public class ActivitySource
        {
            public Activity? StartActivity(string name) => name.Length > 0 ? new Activity() : null;
        }

        public class Propagator
        {
            public void Inject(Activity activity, Dictionary<string, string> carrier) => carrier["traceparent"] = activity.Id;
        }

        public class Sample(ActivitySource source, Propagator propagator)
        {
            public void Send(Dictionary<string, string> headers)
            {
                var activity = source.StartActivity("publish");
                if (activity != null)
                {
                    propagator.Inject(activity, headers);
                    headers["traceparent"] = activity.Id;
                }
            }
        }
        """, Setup.SystemDiagnostics);

    [Fact]
    public Task Extraction() => Verify(Traced($$"""
        using var activity = source.StartActivity("receive");
        var message = new Message { Body = order };
        if (activity != null)
        {
            var parent = propagator.Extract(new PropagationContext(activity.Context, default), message.Headers, static (headers, key) => headers.TryGetValue(key, out var value) ? [value] : []);
            client.Log(parent.ActivityContext.TraceId.ToString());
        }

        await client.SendAsync(message);
        """));

    [Fact]
    public Task Propagators() => Verify("""
        using System;
        using System.Collections.Generic;
        using OpenTelemetry.Context.Propagation;

        public sealed class Twice(TextMapPropagator inner) : TextMapPropagator
        {
            public override ISet<string> Fields => inner.Fields!;

            public override void Inject<T>(PropagationContext context, T carrier, Action<T, string, string> setter)
            {
                if (context.ActivityContext.IsRemote)
                    inner.Inject(context, carrier, setter);
            }

            public override PropagationContext Extract<T>(PropagationContext context, T carrier, Func<T, string, IEnumerable<string>?> getter)
                => inner.Extract(context, carrier, getter);
        }
        """);

    [Fact]
    public Task SpanInAField() => Verify(Traced($$"""
        var message = new Message { Body = order };
        span = source.StartActivity("publish");
        if (span != null)
        {
            propagator.Inject(new PropagationContext(span.Context, Baggage.Current), message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        """, "private Activity? span;"));

    [Fact]
    public Task SpanThatIsNotInjected() => Verify(Traced($$"""
        {{Start}}
        var other = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None);
        if (activity != null)
        {
            propagator.Inject(new PropagationContext(other, Baggage.Current), message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        """));

    [Fact]
    public Task ExpressionTree() => Verify(Method("""
        using var activity = source.StartActivity("publish");
        var message = new Message { Body = order };
        System.Linq.Expressions.Expression<Action> tree = () => DistributedContextPropagator.Current.Inject(activity, message.Headers, null);
        client.Log(tree.ToString());
        await client.SendAsync(message);
        """), Setup.SystemDiagnostics);

    [Theory]
    [InlineData("xunit.core")]
    [InlineData("BenchmarkDotNet")]
    public Task TestsAndBenchmarks(string framework) => Verify(
        Traced($"{Start}\nif (activity != null) {{ {Inject} }}\nawait client.SendAsync(message);"),
        new Setup(References.KafkaAndOpenTelemetry.Add(References.Named(framework))));

    [Fact]
    public Task Agents() => Verify(
        Traced($"{Start}\nif (activity != null) {{ {Inject} }}\nawait client.SendAsync(message);"),
        Setup.OpenTelemetry with { Assembly = "OpenTelemetry.Instrumentation.Sample" });
}
