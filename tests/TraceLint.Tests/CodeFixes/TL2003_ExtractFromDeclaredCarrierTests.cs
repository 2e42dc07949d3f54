using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.CodeFixes;

/// <summary>A declared bus: the context is extracted from where the declaration says, as it says.</summary>
public class TL2003_ExtractFromDeclaredCarrierTests
{
    private static Task Verify(string statements, string @fixed, string declarations, Setup? setup = null)
        => Verify<TL2003_SpanWithoutContext>.Fix<TL2003_ExtractFromHeaders>(
            BusCode.Bus(statements, "private static void Process(byte[]? body) { }"),
            BusCode.Bus(@fixed, "private static void Process(byte[]? body) { }"),
            (setup ?? BusCode.Setup) with { Declarations = declarations });

    [Fact]
    public Task Message() => Verify(
        """
        var delivery = bus.Receive();
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        Process(delivery.Envelope.Body);
        """,
        """
        var delivery = bus.Receive();
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default,
            delivery.Envelope.Headers,
            static (headers, key) => headers != null && headers.TryGetValue(key, out var value)
                ? new[] { value }
                : Array.Empty<string>());
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        Process(delivery.Envelope.Body);
        """,
        "consume M:Acme.Messaging.IBus.Receive carrier=return.Envelope.Headers");

    [Fact]
    public Task MessageOfATypeThatIsPublishedToo() => Verify(
        """
        var envelope = await bus.ReceiveAsync();
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        Process(envelope.Body);
        """,
        """
        var envelope = await bus.ReceiveAsync();
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default,
            envelope.Headers,
            static (headers, key) => headers != null && headers.TryGetValue(key, out var value)
                ? new[] { value }
                : Array.Empty<string>());
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        Process(envelope.Body);
        """,
        "publish M:Acme.Messaging.IBus.Publish\nconsume M:Acme.Messaging.IBus.ReceiveAsync");

    [Fact]
    public Task SystemDiagnostics() => Verify(
        """
        var delivery = bus.Receive();
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        Process(delivery.Envelope.Body);
        """,
        """
        var delivery = bus.Receive();
        var headers = delivery.Envelope.Headers;
        var traceParent = headers != null && headers.TryGetValue("traceparent", out var parentValue)
            ? parentValue
            : null;
        var traceState = headers != null && headers.TryGetValue("tracestate", out var stateValue) ? stateValue : null;
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        Process(delivery.Envelope.Body);
        """,
        "consume M:Acme.Messaging.IBus.Receive carrier=return.Envelope.Headers",
        BusCode.Setup with { Config = "tracelint.fix_dialect = system_diagnostics" });
}
