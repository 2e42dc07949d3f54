using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2003_SpanWithoutContext>;

namespace TraceLint.Tests.Rules;

// A bus that the project has declared.
public partial class TL2003_SpanWithoutContextTests
{
    private const string Received = """
        consume M:Acme.Messaging.IBus.Receive carrier=return.Envelope.Headers
        consume M:Acme.Messaging.IBus.ReceiveAsync
        """;

    private static Task ReportsDeclared(string statements, string members = "", string declarations = Received)
        => Verify.Rule(BusCode.Bus(statements, members + Handle), BusCode.Setup with { Declarations = declarations });

    private const string Handle = "\nprivate static void Process(byte[]? body) { }";

    [Fact]
    public Task DeclaredMessage_IsReported() => ReportsDeclared("""
        var delivery = bus.Receive();
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        Process(delivery.Envelope.Body);
        delivery.Ack();
        """);

    [Fact]
    public Task DeclaredMessageOfATypeThatIsPublishedToo_IsReportedWhereItWasReceived() => ReportsDeclared("""
        while (!cancellation.IsCancellationRequested)
        {
            var envelope = await bus.ReceiveAsync();
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            Process(envelope.Body);
        }
        """, declarations: Received + "\npublish M:Acme.Messaging.IBus.Publish");

    [Fact]
    public Task HandlerOfADeclaredMessage_IsReported() => ReportsDeclared("", """
        public void Handle(Delivery delivery)
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            Process(delivery.Envelope.Body);
        }
        """, "consume M:Acme.Messaging.IBus.Handle carrier=delivery.Envelope.Headers");
}
