using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>TL1004 where the span comes from, or goes to, a helper of the project.</summary>
public class TL1004_ContextInjectedOnlyWithSpanHelperTests
{
    private const string Inject = $"propagator.Inject(new PropagationContext(activity.Context, Baggage.Current), message.Headers, {Setter});";

    private static Task Verify(string source, Setup? setup = null) => Verify<TL1004_ContextInjectedOnlyWithSpan>.Rule(source, setup);

    [Theory]
    [InlineData("private static Activity? StartPublish(string order) => source.StartActivity(\"publish\")?.SetTag(\"order\", order);")]
    [InlineData("private static Activity? StartPublish(string order) { if (order.Length == 0) return null; var span = source.StartActivity(\"publish\"); if (span == null) return null; span.SetTag(\"order\", order); return span; }")]
    [InlineData("private static Activity? StartPublish(string order) => Tag(source.StartActivity(\"publish\"), order); private static Activity? Tag(Activity? span, string order) { span?.SetTag(\"order\", order); return span; }")]
    [InlineData("public Activity? StartPublish(string order) { Activity? span = null; try { span = source.StartActivity(order); } finally { client?.Log(order); } return span; } private readonly IClient? client = null;")]
    public Task StartedByAHelper(string helper) => Verify(Traced($$"""
        using var activity = StartPublish(order);
        var message = new Message { Body = order };
        if (activity != null)
        {
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        """, helper));

    [Fact]
    public Task StartedByAnAsyncHelperAndALocalFunction() => Verify(Traced($$"""
        using var activity = await StartAsync().ConfigureAwait(false);
        using var inner = StartInner();
        var message = new Message { Body = order };
        propagator.[|Inject|](new PropagationContext(activity?.Context ?? default, default), message.Headers, {{Setter}});
        propagator.[|Inject|](new PropagationContext(inner?.Context ?? default, default), message.Headers, {{Setter}});
        await client.SendAsync(message);

        Activity? StartInner() => source.StartActivity("inner");
        """, """
        private static async Task<Activity?> StartAsync()
        {
            await Task.Yield();
            return source.StartActivity("publish");
        }
        """));

    [Fact]
    public Task ExtensionMethodsThatReturnTheSpan() => Verify("""
        using System.Collections.Generic;
        using System.Diagnostics;

        public static class Spans
        {
            private static readonly ActivitySource source = new("spans");

            public static Activity? WithTags(this Activity? activity, string name)
            {
                if (activity == null)
                {
                    return activity;
                }

                return activity.SetTag("name", name);
            }

            public static Activity? Start(Dictionary<string, string> headers)
            {
                var activity = source.StartActivity("publish").WithTags("a").WithTags("b");
                DistributedContextPropagator.Current.[|Inject|](activity, headers, (_, key, value) => headers[key] = value);
                return activity;
            }
        }
        """, Setup.SystemDiagnostics);

    [Fact]
    public Task GuardedCallOfAHelperThatInjects() => Verify(Traced($$"""
        {{Start}}
        if (activity != null)
        {
            [|InjectSpan|](activity, message);
            activity.SetTag("order", order);
        }

        await client.SendAsync(message);
        """, $$"""
        private static void InjectSpan(Activity activity, Message message)
        {
            {{Inject}}
        }
        """));

    [Fact]
    public Task GuardedCallOfAHelperThatTakesTheContext() => Verify(Traced($$"""
        {{Start}}
        if (activity is not null)
            [|AddTraceHeaders|](activity.Context, message);
        activity?.Context.[|InjectInto|](message);
        await client.SendAsync(message);
        """, $$"""
        private static void AddTraceHeaders(ActivityContext context, Message message)
            => propagator.Inject(new PropagationContext(context, Baggage.Current), message.Headers, {{Setter}});
        """).Replace("public class Sample", $$"""
        public static class Extensions
        {
            public static void InjectInto(this ActivityContext context, Message message)
                => Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(context, Baggage.Current), message.Headers, {{Setter}});
        }

        public class Sample
        """, StringComparison.Ordinal));

    [Fact]
    public Task GuardedCallOfAHelperThatWritesAHeader() => Verify(Method($$"""
        {{Start}}
        if (activity != null)
        {
            [|WriteHeaders|](activity, message);
        }

        await client.SendAsync(message);
        """, """
        private static void WriteHeaders(Activity activity, Message message) => message.Headers["traceparent"] = activity.Id!;
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task ConditionalCallOfAnExtensionMethodThatInjects() => Verify("""
        using System.Collections.Generic;
        using System.Diagnostics;

        public static class Spans
        {
            private static readonly ActivitySource source = new("spans");

            public static void InjectInto(this Activity activity, Dictionary<string, string> headers)
                => DistributedContextPropagator.Current.Inject(activity, headers, (_, key, value) => headers[key] = value);

            public static void Start(Dictionary<string, string> headers)
            {
                using var activity = source.StartActivity("publish");
                activity?.[|InjectInto|](headers);
            }
        }
        """, Setup.SystemDiagnostics);

    [Fact]
    public Task ParameterOfAPrivateMethod() => Verify(Traced($$"""
        {{Start}}
        InjectSpan(activity, message);
        await client.SendAsync(message);
        """, $$"""
        private static void InjectSpan(Activity? activity, Message message)
        {
            if (activity != null)
            {
                propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
            }
        }
        """));

    [Fact]
    public Task ParameterOfAnInternalMethodInAnotherFile() => Verify(
        Method($$"""
            {{Start}}
            Tracing.Write(activity, message);
            await client.SendAsync(message);
            """),
        Setup.SystemDiagnostics with
        {
            MoreFiles =
            [
                ("Tracing.cs", """
                    using System.Diagnostics;

                    internal static class Tracing
                    {
                        public static void Write(Activity? activity, Message message)
                            => DistributedContextPropagator.Current.[|Inject|](activity, message.Headers, (_, key, value) => message.Headers[key] = value);
                    }
                    """),
            ],
        });

    [Fact]
    public Task ParameterOfALocalFunction() => Verify(Traced($$"""
        {{Start}}
        InjectSpan(activity);
        await client.SendAsync(message);

        void InjectSpan(Activity? span) => propagator.[|Inject|](new PropagationContext(span?.Context ?? default, default), message.Headers, {{Setter}});
        """));

    [Fact]
    public Task MissingSpanPassedToAPublicHelper() => Verify(Traced($$"""
        {{Start}}
        [|InjectSpan|](activity, message);
        [|InjectContext|](activity?.Context ?? default, message);
        await client.SendAsync(message);
        """, $$"""
        public static void InjectSpan(Activity? activity, Message message)
        {
            if (activity == null)
                return;
            {{Inject}}
        }

        private static void InjectContext(ActivityContext context, Message message)
            => propagator.Inject(new PropagationContext(context, Baggage.Current), message.Headers, {{Setter}});
        """));

    [Fact]
    public Task HelperThatChecksAgainIsReportedWhereItIsCalled() => Verify(Traced($$"""
        {{Start}}
        if (activity != null)
        {
            [|InjectSpan|](activity, message);
        }

        await client.SendAsync(message);
        """, $$"""
        private static void InjectSpan(Activity? activity, Message message)
            => propagator.Inject(new PropagationContext(activity?.Context ?? default, Baggage.Current), message.Headers, {{Setter}});
        """));

    [Fact]
    public Task HelperOfAHelper() => Verify(Traced($$"""
        {{Start}}
        if (activity != null)
        {
            [|Trace|](message, activity);
        }

        await client.SendAsync(message);
        """, $$"""
        private void Trace(Message message, Activity activity) => InjectSpan(activity, message);

        private static void InjectSpan(Activity activity, Message message)
        {
            {{Inject}}
        }
        """));

    [Fact]
    public Task HelperThatInjectsTheCurrentContext() => Verify(Traced($$"""
        {{Start}}
        if (activity != null)
        {
            [|InjectCurrent|](message);
        }

        await client.SendAsync(message);
        """, $$"""
        private static void InjectCurrent(Message message)
            => propagator.Inject(new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), message.Headers, {{Setter}});
        """));
}
