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

    [Theory]
    [InlineData("DistributedContextPropagator.Current.Inject(activity, message.Headers, SetObject);")]
    [InlineData("Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(activity?.Context ?? default, default), message.Headers, Set);")]
    public Task SpanThatMayBeNull(string inject) => Verify($$"""
        using var activity = source.StartActivity("publish");
        {{inject}}
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

    [Theory]
    [InlineData("Propagators.DefaultTextMapPropagator.Inject(context, headers, Set);")]
    [InlineData("Propagators.DefaultTextMapPropagator.Inject(_context, headers, Set);")]
    [InlineData("DistributedContextPropagator.Current.Inject(activity, headers, SetObject);")]
    public Task ContextFromElsewhere(string inject) => Verify("", $$"""
        private PropagationContext _context = default;

        private void Fill(Headers headers, PropagationContext context = default, Activity? activity = null)
        {
            {{inject}}
        }
        """);

    // Each alone: another injection into the same carrier would be a reason for silence, too.
    [Theory]
    [InlineData("var local = flag ? new BaggagePropagator() : Propagators.DefaultTextMapPropagator;", "local")]
    [InlineData("TextMapPropagator assigned = new BaggagePropagator(); assigned = Propagators.DefaultTextMapPropagator;", "assigned")]
    [InlineData("", "_injected")]
    [InlineData("", "_replaced")]
    [InlineData("", "Settable")]
    [InlineData("", "Given")]
    public Task PropagatorThatMayBeAnother(string declaration, string propagator) => Verify(
        $$"""
        {{declaration}}
        {{propagator}}.Inject({{Current}}, message.Headers, Set);
        """,
        """
        private readonly TextMapPropagator _injected = new BaggagePropagator();
        private TextMapPropagator _replaced = new BaggagePropagator();
        public static TextMapPropagator Settable { get; set; } = new BaggagePropagator();
        public TextMapPropagator Given { get; } = new BaggagePropagator();

        public Sample(TextMapPropagator propagator) => (_injected, Given) = (propagator, propagator);
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

    [Theory]
    [InlineData("new Always()")]
    [InlineData("Propagators.DefaultTextMapPropagator")]
    public Task PropagatorOfTheProject(string propagator) => Verify(
        $"{propagator}.Inject(default, message.Headers, Set);",
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

    [Theory]
    [InlineData("Console.WriteLine(key)")]
    [InlineData("throw new NotSupportedException()")]
    [InlineData("s_seen = value")]
    [InlineData("_ = Write(headers, key)")]
    [InlineData("{ if (key.Length > 0) { headers.Remove(key); } }")]
    public Task SetterThatDoesSomething(string body) => Verify(
        $"Propagators.DefaultTextMapPropagator.Inject({Current}, message.Headers, (headers, key, value) => {body});",
        """
        private static string s_seen = "";
        private extern string Write(Headers headers, string key);
        """);

    [Theory]
    [InlineData("Action<Headers, string, string> set = (headers, key, value) => { }; if (flag) { set = Set; }", "set")]
    [InlineData("Action<Headers, string, string> set = (headers, key, value) => { }; set += Set;", "set")]
    [InlineData("", "_set")]
    [InlineData("", "Settable")]
    [InlineData("", "Write")]
    public Task SetterThatMayBeAnother(string declaration, string setter) => Verify(
        $$"""
        {{declaration}}
        Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, {{setter}});
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
