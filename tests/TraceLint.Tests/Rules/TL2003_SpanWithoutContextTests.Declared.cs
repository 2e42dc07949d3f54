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

    [Theory]
    [InlineData("envelope => Task.Run(() => Handle(envelope))", "")]
    [InlineData("async envelope => { using var activity = source.[|StartActivity|](\"process\", ActivityKind.Consumer); Process(envelope.Body); }", "")]
    [InlineData("async (Envelope envelope) => { using var activity = source.[|StartActivity|](\"process\"); Process(envelope.Body); }", "\npublish M:Acme.Messaging.IBus.Publish")]
    [InlineData("async delegate (Envelope envelope) { using var activity = source.[|StartActivity|](\"process\", ActivityKind.Consumer); Process(envelope.Body); }", " carrier=handler.Headers")]
    public Task LambdaOfADeclaredSubscription_IsReported(string handler, string more) => ReportsDeclared($"""
        bus.Subscribe("orders", {handler});
        """, handler.Contains("Handle(", StringComparison.Ordinal) ? """
        private void Handle(Envelope envelope)
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            Process(envelope.Body);
        }
        """ : "", "consume M:Acme.Messaging.BusExtensions.Subscribe" + more);

    [Theory]
    [InlineData("consume M:Acme.Messaging.BusExtensions.Watch carrier=handler.Envelope.Headers")]
    [InlineData("carrier P:Acme.Messaging.Envelope.Headers\nconsume M:Acme.Messaging.BusExtensions.Watch carrier=handler.Envelope.Headers")]
    public Task DelegateOfALibraryWithSeveralParameters_IsReported(string declarations) => ReportsDeclared("""
        bus.Watch(async (topic, delivery, cancellation) =>
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            Process(delivery.Envelope.Body);
        });
        """, "", declarations);

    [Theory]
    [InlineData("consume T:Acme.Messaging.Envelope")]
    [InlineData("consume T:Acme.Messaging.Envelope carrier=Headers")]
    [InlineData("consume T:Acme.Messaging.Envelope\npublish M:Acme.Messaging.IBus.Publish")]
    public Task ValueOfADeclaredType_IsReported(string declarations) => ReportsDeclared("", """
        private void Handle(Envelope envelope)
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            Process(envelope.Body);
        }
        """, declarations);
}
