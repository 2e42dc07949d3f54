using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Rules.TL1006_InjectionWritesNothingTests;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1006 stays silent about: something may be written, or it does not have to be.</summary>
public class TL1006_InjectionWritesNothingSilentTests
{
    private static Task Verify(string statements, string members = "", Setup? setup = null)
        => Verify<TL1006_InjectionWritesNothing>.Rule(Traced(Message + statements, Set + members), setup);

    [Fact]
    public Task CurrentContext() => Verify($$"""
        Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, Set);
        Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(Activity.Current!.Context, default), message.Headers, Set);
        DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, SetObject);
        """);

    [Fact]
    public Task SpanThatMayBeNull() => Verify("""
        using var activity = source.StartActivity("publish");
        DistributedContextPropagator.Current.Inject(activity, message.Headers, SetObject);
        Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(activity?.Context ?? default, default), message.Headers, Set);
        """);

    [Fact]
    public Task ContextChosenByBranches() => Verify("""
        using var activity = source.StartActivity("publish");
        ActivityContext context = default;
        if (activity != null)
        {
            context = activity.Context;
        }

        Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(context, Baggage.Current), message.Headers, Set);
        """);

    [Fact]
    public Task ContextThatIsParsed() => Verify("""
        ActivityContext context = default;
        if (ActivityContext.TryParse(order.Id, null, out context))
        {
            Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(context, default), message.Headers, Set);
        }
        """);

    [Fact]
    public Task ContextFromElsewhere() => Verify("", """
        private PropagationContext _context = default;

        private void Fill(Headers headers, PropagationContext context = default, Activity? activity = null)
        {
            Propagators.DefaultTextMapPropagator.Inject(context, headers, Set);
            Propagators.DefaultTextMapPropagator.Inject(_context, headers, Set);
            DistributedContextPropagator.Current.Inject(activity, headers, SetObject);
        }
        """);

    [Fact]
    public Task PropagatorThatMayBeAnother() => Verify(
        $$"""
        var local = flag ? new BaggagePropagator() : Propagators.DefaultTextMapPropagator;
        local.Inject({{Current}}, message.Headers, Set);
        TextMapPropagator assigned = new BaggagePropagator();
        assigned = Propagators.DefaultTextMapPropagator;
        assigned.Inject({{Current}}, message.Headers, Set);
        _injected.Inject({{Current}}, message.Headers, Set);
        _replaced.Inject({{Current}}, message.Headers, Set);
        Settable.Inject({{Current}}, message.Headers, Set);
        """,
        """
        private readonly TextMapPropagator _injected = new BaggagePropagator();
        private TextMapPropagator _replaced = new BaggagePropagator();
        public static TextMapPropagator Settable { get; set; } = new BaggagePropagator();

        public Sample(TextMapPropagator? propagator = null) => _injected = propagator ?? _injected;
        """);

    [Fact]
    public Task CompositePropagator() => Verify($$"""
        new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()]).Inject({{Current}}, message.Headers, Set);
        new TraceContextPropagator().Inject({{Current}}, message.Headers, Set);
        """);

    [Fact]
    public Task BaggageBesideTheContext() => Verify($$"""
        new TraceContextPropagator().Inject({{Current}}, message.Headers, Set);
        new BaggagePropagator().Inject({{Current}}, message.Headers, Set);
        await producer.ProduceAsync("orders", message);
        """);

    [Fact]
    public Task BaggageBesideAHeaderWrittenByHand() => Verify($$"""
        message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(Activity.Current?.Id ?? ""));
        Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(default, Baggage.Current), message.Headers, Set);
        """);

    [Fact]
    public Task BaggageBesideAHelper() => Verify(
        $$"""
        Fill(message);
        new BaggagePropagator().Inject({{Current}}, message.Headers, Set);
        """,
        $$"""
        private static void Fill(Message<string, string> message)
            => Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, Set);
        """);

    [Fact]
    public Task BaggageOnACarrierFromElsewhere() => Verify(
        $$"""
        var made = Make();
        new BaggagePropagator().Inject({{Current}}, made.Headers, Set);
        """,
        $$"""
        private extern Message<string, string> Make();

        private static void AddBaggage(Headers headers)
        {
            new BaggagePropagator().Inject({{Current}}, headers, Set);
            Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(default, Baggage.Current), headers, Set);
        }
        """);

    [Fact]
    public Task DefaultContextBesideAnInjection() => Verify($$"""
        if (Activity.Current is { } activity)
        {
            Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(activity.Context, Baggage.Current), message.Headers, Set);
        }
        else
        {
            Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(default, Baggage.Current), message.Headers, Set);
        }
        """);

    [Fact]
    public Task DefaultContextBeforeAHelper() => Verify(
        """
        Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, Set);
        await Publish(producer, message);
        """,
        $$"""
        private static Task Publish(IProducer<string, string> producer, Message<string, string> message)
        {
            Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, Set);
            return producer.ProduceAsync("orders", message);
        }
        """);

    [Fact]
    public Task HttpRequest() => Verify("""
        var request = new System.Net.Http.HttpRequestMessage();
        new BaggagePropagator().Inject(new PropagationContext(default, Baggage.Current), request.Headers, (headers, key, value) => headers.Add(key, value));
        DistributedContextPropagator.Current.Inject(null, request.Headers, (headers, key, value) => { });
        """);

    [Fact]
    public Task CurrentSpanTakenAway() => Verify("""
        Activity.Current = null;
        DistributedContextPropagator.Current.Inject(null, message.Headers, SetObject);
        """);

    [Fact]
    public Task PropagatorOfTheProject() => Verify(
        """
        new Always().Inject(default, message.Headers, Set);
        Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, Set);
        """,
        """
        private class Always : TraceContextPropagator
        {
            public override void Inject<T>(PropagationContext context, T carrier, Action<T, string, string> setter)
                => base.Inject(new PropagationContext(Activity.Current?.Context ?? default, default), carrier, setter);
        }
        """);

    [Fact]
    public Task PassThroughPropagator() => Verify("""
        DistributedContextPropagator.Current = DistributedContextPropagator.CreatePassThroughPropagator();
        DistributedContextPropagator.Current.Inject(null, message.Headers, SetObject);
        """);

    [Fact]
    public Task NoOutputPropagator_AsTheCurrentOne() => Verify("""
        DistributedContextPropagator.Current = DistributedContextPropagator.CreateNoOutputPropagator();
        DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, SetObject);
        """);

    [Fact]
    public Task SetterThatDoesSomething() => Verify(
        $$"""
        Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, (headers, key, value) => Console.WriteLine(key));
        Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, (headers, key, value) => throw new NotSupportedException());
        var seen = "";
        Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, (headers, key, value) => seen = value);
        Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, (headers, key, value) => _ = Write(headers, key));
        """,
        "private extern string Write(Headers headers, string key);");

    [Fact]
    public Task SetterThatMayBeAnother() => Verify(
        $$"""
        Action<Headers, string, string> set = (headers, key, value) => { };
        if (flag)
        {
            set = Set;
        }

        Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, set);
        Action<Headers, string, string> more = (headers, key, value) => { };
        more += Set;
        Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, more);
        Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, _set);
        Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, Write);
        Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, Settable);
        """,
        """
        private readonly Action<Headers, string, string> _set = (headers, key, value) => { };
        public static Action<Headers, string, string> Settable = (headers, key, value) => { };
        public Sample(Action<Headers, string, string> set) => _set = set;
        public virtual void Write(Headers headers, string key, string value) { }
        """);

    [Fact]
    public Task SetterWithConditionalCode() => Verify($$"""
        Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, (headers, key, value) =>
        {
        #if NET48
            headers.Add(key, Encoding.UTF8.GetBytes(value));
        #endif
        });
        """);

    [Fact]
    public Task EmptyParent() => Verify("""
        var link = new ActivityLink(default);
        using var text = source.StartActivity("send", ActivityKind.Producer, parentId: "");
        using var context = source.StartActivity("send", ActivityKind.Producer, parentContext: default(ActivityContext), links: [link]);
        """);

    [Fact]
    public Task OwnInject() => Verify("Inject(default, message.Headers, (headers, key, value) => { });", """
        private static void Inject(PropagationContext context, Headers headers, Action<Headers, string, string> setter) { }
        """);
}
