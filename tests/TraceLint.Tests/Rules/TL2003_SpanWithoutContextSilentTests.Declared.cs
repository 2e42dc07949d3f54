using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2003_SpanWithoutContext>;

namespace TraceLint.Tests.Rules;

// A bus that the project has declared.
public partial class TL2003_SpanWithoutContextSilentTests
{
    private const string Received = """
        consume M:Acme.Messaging.IBus.Receive carrier=return.Envelope.Headers
        consume M:Acme.Messaging.IBus.ReceiveAsync
        extract M:Acme.Messaging.TraceHeaders.Read
        """;

    private static Task SilentDeclared(string statements, string declarations = Received)
        => Verify.Rule(BusCode.Bus(statements, "private static void Process(byte[]? body) { }"), BusCode.Setup with { Declarations = declarations });

    [Fact]
    public Task DeclaredExtract_IsSilent() => SilentDeclared("""
        var delivery = bus.Receive();
        using var activity = source.StartActivity("process", ActivityKind.Consumer, TraceHeaders.Read(delivery.Envelope));
        Process(delivery.Envelope.Body);
        """);

    [Fact]
    public Task ExtractFromADeclaredCarrier_IsSilent() => SilentDeclared("""
        var delivery = bus.Receive();
        var parent = Propagators.DefaultTextMapPropagator.Extract(default, delivery.Envelope.Headers, static (headers, key) => headers != null && headers.TryGetValue(key, out var value) ? new[] { value } : []);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        Process(delivery.Envelope.Body);
        """);

    [Fact]
    public Task SpanAroundTheReceiving_IsSilent() => SilentDeclared("""
        Delivery delivery;
        using (source.StartActivity("receive"))
        {
            delivery = bus.Receive();
        }

        Process(delivery.Envelope.Body);
        """);

    [Fact]
    public Task MessageThatWasMadeHere_IsSilent() => SilentDeclared("""
        var envelope = new Envelope("orders", body);
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        Process(envelope.Body);
        """, Received + "\npublish M:Acme.Messaging.IBus.Publish");

    [Theory]
    [InlineData("")]
    [InlineData("publish M:Acme.Messaging.IBus.Publish")]
    [InlineData(Received + "\ninstrumented_transport declared")]
    public Task MessageThatIsNotDeclared_IsSilent(string declarations) => SilentDeclared("""
        var delivery = bus.Receive();
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        Process(delivery.Envelope.Body);
        """, declarations);

    /// <summary>Of a type that is published too, only what a declared method hands over was received.</summary>
    [Theory]
    [InlineData("bus.Filter(async envelope => { using var activity = source.StartActivity(\"process\", ActivityKind.Consumer); Process(envelope.Body); });")]
    [InlineData("bus.Subscribe(\"orders\", received => Task.Run(() => Make((Envelope envelope) => { using var activity = source.StartActivity(\"process\"); Process(envelope.Body); }))); void Make(Action<Envelope> make) => make(new Envelope());")]
    public Task OtherLambda_IsSilent(string statement)
        => SilentDeclared(statement, "publish M:Acme.Messaging.IBus.Publish\nconsume M:Acme.Messaging.BusExtensions.Subscribe");

    [Theory]
    [InlineData("async envelope => { using var activity = source.StartActivity(\"process\", ActivityKind.Consumer, TraceHeaders.Read(envelope)); Process(envelope.Body); }")]
    [InlineData("async envelope => { using var activity = source.StartActivity(\"refresh\"); Process(null); }")]
    [InlineData("envelope => { Process(envelope.Body); return Task.CompletedTask; }")]
    public Task SubscriptionThatReadsTheContext_IsSilent(string handler)
        => SilentDeclared($"bus.Subscribe(\"orders\", {handler});", "extract M:Acme.Messaging.TraceHeaders.Read\nconsume M:Acme.Messaging.BusExtensions.Subscribe");

    [Theory]
    [InlineData("consume M:Acme.Messaging.BusExtensions.Watch")]
    [InlineData("publish M:Acme.Messaging.BusExtensions.Subscribe")]
    public Task DelegateWithoutACarrier_IsSilent(string declarations) => SilentDeclared("""
        bus.Watch(async (topic, delivery, cancellation) => { using var activity = source.StartActivity("process", ActivityKind.Consumer); Process(delivery.Envelope.Body); });
        bus.Subscribe("orders", async envelope => { using var activity = source.StartActivity("process", ActivityKind.Consumer); Process(envelope.Body); });
        """, declarations);

    [Theory]
    [InlineData("consume T:Acme.Messaging.Letter`1")]
    [InlineData("publish T:Acme.Messaging.Envelope")]
    [InlineData("consume T:Acme.Messaging.Envelope carrier=Topics")]
    public Task ValueOfATypeThatIsNotDeclared_IsSilent(string declarations) => SilentDeclared("""
        Handle(new Envelope("orders", body));
        void Handle(Envelope envelope)
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer);
            Process(envelope.Body);
        }
        """, declarations);

    [Fact]
    public Task ValueOfADeclaredTypeThatIsRead_IsSilent() => SilentDeclared("""
        Handle(new Envelope("orders", body));
        void Handle(Envelope envelope)
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer, TraceHeaders.Read(envelope));
            Process(envelope.Body);
        }
        """, "extract M:Acme.Messaging.TraceHeaders.Read\nconsume T:Acme.Messaging.Envelope");
}
