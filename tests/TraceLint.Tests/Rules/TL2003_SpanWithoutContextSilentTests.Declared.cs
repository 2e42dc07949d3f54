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
}
