using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2007 reports. What it does not is in TL2007_ExtractOnTopOfContextSilentTests.</summary>
public class TL2007_ExtractOnTopOfContextTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL2007_ExtractOnTopOfContext>.Rule(Traced("", $$"""
        private static readonly TextMapPropagator Propagator = Propagators.DefaultTextMapPropagator;

        public void Handle(ConsumeResult<string, string> result, Dictionary<string, string> attributes)
        {
        {{statements}}
        }

        private static IEnumerable<string> Get(Headers headers, string key)
            => headers.TryGetLastBytes(key, out var value) ? [Encoding.UTF8.GetString(value)] : [];

        {{members}}
        """));

    [Fact]
    public Task CurrentContext() => Verify("""
        var parent = Propagators.DefaultTextMapPropagator.[|Extract|](new PropagationContext(Activity.Current!.Context, Baggage.Current), result.Message.Headers, Get);
        """);

    [Fact]
    public Task CurrentContext_OrNone() => Verify("""
        var parent = Propagator.[|Extract|](new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), result.Message.Headers, Get);
        """);

    [Fact]
    public Task CurrentContext_InOtherWords() => Verify("""
        Propagator.[|Extract|](new(Activity.Current != null ? Activity.Current.Context : default, default), result.Message.Headers, Get);
        Propagator.[|Extract|](new((Activity.Current?.Context).GetValueOrDefault(), default), result.Message.Headers, Get);
        Propagator.[|Extract|](new(Activity.Current?.Context ?? new ActivityContext(), default), result.Message.Headers, Get);
        Propagator.[|Extract|](Activity.Current is { } current ? new PropagationContext(current.Context, default) : default, result.Message.Headers, Get);
        Propagator.[|Extract|](getter: Get, carrier: result.Message.Headers, context: new(Activity.Current!.Context, default));
        """);

    [Fact]
    public Task CurrentContext_ByAHelper() => Verify(
        """
        var current = GetContext(Activity.Current);
        Propagator.[|Extract|](new PropagationContext(current, Baggage.Current), result.Message.Headers, Get);
        """,
        "private static ActivityContext GetContext(Activity? activity) => activity?.Context ?? default;");

    [Fact]
    public Task SpanThatWasJustStarted() => Verify("""
        using var activity = source.StartActivity("process");
        Propagator.[|Extract|](new PropagationContext(activity!.Context, Baggage.Current), result.Message.Headers, Get);
        """);

    [Fact]
    public Task BaseInALocal() => Verify("""
        var current = new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current);
        var parent = Propagator.[|Extract|](current, result.Message.Headers, Get);
        source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        """);

    [Fact]
    public Task ContextInALocal_SetWhereThereIsOne() => Verify("""
        ActivityContext context = default;
        if (Activity.Current != null)
        {
            context = Activity.Current.Context;
        }

        var parent = Propagator.[|Extract|](new PropagationContext(context, Baggage.Current), attributes, (carrier, key) => [carrier[key]]);
        """);

    [Fact]
    public Task InALambda() => Verify("""
        Action action = () => Propagator.[|Extract|](new(Activity.Current!.Context, default), result.Message.Headers, Get);
        """);
}
