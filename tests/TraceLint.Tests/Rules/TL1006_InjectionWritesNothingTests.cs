using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1006 reports. What it does not is in TL1006_InjectionWritesNothingSilentTests.</summary>
public class TL1006_InjectionWritesNothingTests
{
    internal const string Message = "var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };\n";
    internal const string Current = "new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current)";

    /// <summary>Members of the class around the code under test.</summary>
    internal const string Set = """
        private static void Set(Headers headers, string key, string value) => headers.Add(key, Encoding.UTF8.GetBytes(value));
        private static void SetObject(object? carrier, string key, string value) => Set((Headers)carrier!, key, value);

        """;

    private static Task Verify(string statements, string members = "", Setup? setup = null)
        => Verify<TL1006_InjectionWritesNothing>.Rule(Traced(Message + statements, Set + members), setup);

    [Fact]
    public Task BaggagePropagator() => Verify($"new BaggagePropagator().[|Inject|]({Current}, message.Headers, Set);");

    [Fact]
    public Task BaggagePropagator_InALocal() => Verify($"""
        TextMapPropagator propagator = new BaggagePropagator();
        propagator.[|Inject|]({Current}, message.Headers, Set);
        """);

    [Fact]
    public Task BaggagePropagator_InAReadonlyMember() => Verify(
        $"""
        s_propagator.[|Inject|]({Current}, message.Headers, Set);
        _propagator.[|Inject|]({Current}, message.Headers, Set);
        Propagator.[|Inject|]({Current}, message.Headers, Set);
        """,
        """
        private static readonly TextMapPropagator s_propagator = new BaggagePropagator();
        private readonly TextMapPropagator _propagator;
        private static TextMapPropagator Propagator { get; } = new BaggagePropagator();
        public Sample() => _propagator = new BaggagePropagator();
        """);

    [Fact]
    public Task DefaultContext() => Verify("""
        Propagators.DefaultTextMapPropagator.[|Inject|](default, message.Headers, Set);
        Propagators.DefaultTextMapPropagator.[|Inject|](default(PropagationContext), message.Headers, Set);
        Propagators.DefaultTextMapPropagator.[|Inject|](new PropagationContext(), message.Headers, Set);
        Propagators.DefaultTextMapPropagator.[|Inject|](new PropagationContext(default, default), message.Headers, Set);
        """);

    [Fact]
    public Task DefaultContext_InALocal() => Verify("""
        var none = default(ActivityContext);
        var context = new PropagationContext(none, default);
        Propagators.DefaultTextMapPropagator.[|Inject|](context, message.Headers, Set);
        """);

    [Fact]
    public Task DefaultContext_WithBaggage() => Verify("""
        Propagators.DefaultTextMapPropagator.[|Inject|](new PropagationContext(default, Baggage.Current), message.Headers, Set);
        Propagators.DefaultTextMapPropagator.[|Inject|](new PropagationContext(baggage: Baggage.Current, activityContext: default), message.Headers, Set);
        """);

    [Fact]
    public Task DefaultContext_UnderASpan() => Verify("""
        using var activity = source.StartActivity("publish", ActivityKind.Producer);
        Propagators.DefaultTextMapPropagator.[|Inject|](default, message.Headers, Set);
        await producer.ProduceAsync("orders", message);
        """);

    [Fact]
    public Task DefaultContext_InAHelper() => Verify("Fill(message);", """
        private static void Fill(Message<string, string> message)
            => Propagators.DefaultTextMapPropagator.[|Inject|](default, message.Headers, Set);
        """);

    [Fact]
    public Task DefaultContext_OfAPropagatorThatIsPassedIn() => Verify("", """
        private static void Fill(Dictionary<string, string> headers, TextMapPropagator propagator)
            => propagator.[|Inject|](default, headers, (carrier, key, value) => carrier[key] = value);
        """);

    [Fact]
    public Task NullActivity() => Verify("""
        DistributedContextPropagator.Current.[|Inject|](null, message.Headers, SetObject);
        DistributedContextPropagator.Current.[|Inject|](default(Activity), message.Headers, SetObject);
        DistributedContextPropagator.CreateDefaultPropagator().[|Inject|](activity: null!, message.Headers, SetObject);
        """);

    [Fact]
    public Task NullActivity_InALocal() => Verify("""
        Activity? activity = null;
        DistributedContextPropagator.Current.[|Inject|](activity, message.Headers, SetObject);
        """, setup: Setup.OpenTelemetry);

    [Fact]
    public Task NoOutputPropagator() => Verify(
        """
        DistributedContextPropagator.CreateNoOutputPropagator().[|Inject|](Activity.Current, message.Headers, SetObject);
        s_none.[|Inject|](Activity.Current, message.Headers, SetObject);
        """,
        "private static readonly DistributedContextPropagator s_none = DistributedContextPropagator.CreateNoOutputPropagator();");

    [Fact]
    public Task EmptySetter() => Verify($$"""
        Propagators.DefaultTextMapPropagator.[|Inject|]({{Current}}, message.Headers, (headers, key, value) => { });
        Propagators.DefaultTextMapPropagator.[|Inject|]({{Current}}, message.Headers, static (_, key, value) => { /* later */ return; });
        Propagators.DefaultTextMapPropagator.[|Inject|]({{Current}}, message.Headers, delegate { });
        Propagators.DefaultTextMapPropagator.[|Inject|]({{Current}}, message.Headers, (headers, key, value) => _ = key);
        DistributedContextPropagator.Current.[|Inject|](Activity.Current, message.Headers, (carrier, name, text) => { ; });
        """);

    [Fact]
    public Task EmptySetter_ThatIsAMethod() => Verify(
        $$"""
        Propagators.DefaultTextMapPropagator.[|Inject|]({{Current}}, message.Headers, Nothing);
        Propagators.DefaultTextMapPropagator.[|Inject|]({{Current}}, message.Headers, Local);
        void Local(Headers headers, string key, string value) { }
        """,
        "private static void Nothing(Headers headers, string key, string value) { }");

    [Fact]
    public Task EmptySetter_InAVariable() => Verify(
        $$"""
        Action<Headers, string, string> set = (headers, key, value) => { };
        Propagators.DefaultTextMapPropagator.[|Inject|]({{Current}}, message.Headers, set);
        Propagators.DefaultTextMapPropagator.[|Inject|]({{Current}}, message.Headers, s_set);
        """,
        "private static readonly Action<Headers, string, string> s_set = (headers, key, value) => { };");

    [Fact]
    public Task OtherCarrierIsInjectedInto() => Verify($$"""
        var other = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Propagators.DefaultTextMapPropagator.Inject({{Current}}, other.Headers, Set);
        Propagators.DefaultTextMapPropagator.[|Inject|](default, message.Headers, Set);
        new BaggagePropagator().[|Inject|]({{Current}}, message.Headers, Set);
        """);
}
