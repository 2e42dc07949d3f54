using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.BusCode;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.CodeFixes;

/// <summary>A declared bus: the fix writes what the declaration says, or what its carrier shows.</summary>
public class TL1003_InjectIntoDeclaredCarrierTests
{
    private static readonly Setup s_withoutHelper = BusCode.Setup with { Declarations = Declarations.Replace("inject M:", "extract M:", StringComparison.Ordinal) };

    private static Task Verify(string statements, string @fixed, Setup? setup = null)
        => Verify<TL1003_PublishWithoutContext>.Fix<TL1003_InjectIntoCarrier>(Bus(statements), Bus(@fixed), setup ?? s_withoutHelper);

    [Fact]
    public Task Message() => Verify(
        """
        bus.[|Publish|](new Envelope("orders", body));
        """,
        $$"""
        var envelope = new Envelope("orders", body) { Headers = new Dictionary<string, string>() };
        Propagators.DefaultTextMapPropagator.Inject(
            {{Context}},
            envelope.Headers,
            static (headers, key, value) => headers[key] = value);
        bus.Publish(envelope);
        """);

    [Fact]
    public Task Message_WithTheDeclaredHelper() => Verify(
        """
        bus.[|Publish|](new Envelope("orders", body));
        """,
        """
        var envelope = new Envelope("orders", body);
        TraceHeaders.Write(envelope);
        bus.Publish(envelope);
        """,
        BusCode.Setup);

    [Fact]
    public Task CarrierThatIsAlwaysThere() => Verify(
        """
        var letter = new Letter<Order>(order);
        bus.[|Mail|](letter);
        """,
        $$"""
        var letter = new Letter<Order>(order);
        Propagators.DefaultTextMapPropagator.Inject(
            {{Context}},
            letter.Metadata,
            static (headers, key, value) => headers[key] = Encoding.UTF8.GetBytes(value));
        bus.Mail(letter);
        """);

    [Fact]
    public Task Overload_IsGivenHeaders() => Verify(
        """
        bus.[|Send|]("orders", body);
        """,
        $$"""
        var headers = new Dictionary<string, byte[]>();
        Propagators.DefaultTextMapPropagator.Inject(
            {{Context}},
            headers,
            static (headers, key, value) => headers[key] = Encoding.UTF8.GetBytes(value));
        bus.Send("orders", body, headers);
        """);

    [Theory]
    [InlineData("""bus.[|Emit|]("orders", body);""", """bus.Emit("orders", body, sendOptions);""")]
    [InlineData("""bus.[|Emit|]("orders", body, attempts: 2);""", """bus.Emit("orders", body, options: sendOptions, attempts: 2);""")]
    [InlineData("""bus.[|Emit|]("orders", body, null, 2);""", """bus.Emit("orders", body, sendOptions, 2);""")]
    public Task Options_AreMade(string publish, string @fixed) => Verify(
        publish,
        $$"""
        var sendOptions = new SendOptions { Properties = new Dictionary<string, object>() };
        Propagators.DefaultTextMapPropagator.Inject(
            {{Context}},
            sendOptions.Properties,
            static (headers, key, value) => headers[key] = value);
        {{@fixed}}
        """);

    [Fact]
    public Task Template() => Verify(
        """
        var bag = new HeaderBag();
        bus.[|Post|]("orders", bag, body);
        """,
        $$"""
        var bag = new HeaderBag();
        Propagators.DefaultTextMapPropagator.Inject(
            {{Context}},
            bag,
            static (headers, key, value) => headers.Put(key, value));
        bus.Post("orders", bag, body);
        """);

    [Fact]
    public Task Template_OfSeveralStatementsAndTypes() => Verify(
        """
        var bag = new HeaderBag();
        bus.[|Post|]("orders", bag, body);
        """,
        $$"""
        var bag = new HeaderBag();
        Propagators.DefaultTextMapPropagator.Inject(
            {{Context}},
            bag,
            static (headers, key, value) =>
            {
                headers.Touch();
                headers.Put("x-" + key, Convert.ToBase64String(Encoding.UTF8.GetBytes(value)));
            });
        bus.Post("orders", bag, body);
        """,
        s_withoutHelper with
        {
            Declarations = "publish M:Acme.Messaging.IBus.Post carrier=bag write=\"carrier.Touch(); carrier.Put(\"\"x-\"\" + key, System.Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value)))\"",
        });

    [Theory]
    [InlineData("consume M:Acme.Messaging.IBus.Receive carrier=return.Envelope.Headers")]
    [InlineData("consume M:Acme.Messaging.IBus.Handle carrier=delivery.Envelope.Headers")]
    public Task ReceivedContext_IsCarriedOn(string declaration) => Verify(
        """
        var delivery = bus.Receive();
        var envelope = new Envelope("orders", delivery.Envelope.Body!);
        bus.[|Publish|](envelope);
        """,
        """
        var delivery = bus.Receive();
        var envelope = new Envelope("orders", delivery.Envelope.Body!) { Headers = new Dictionary<string, string>() };
        Propagators.DefaultTextMapPropagator.Inject(
            Activity.Current != null
                ? new PropagationContext(Activity.Current.Context, Baggage.Current)
                : Propagators.DefaultTextMapPropagator.Extract(
                    default,
                    delivery.Envelope.Headers,
                    static (headers, key) => headers != null && headers.TryGetValue(key, out var value)
                        ? new[] { value }
                        : Array.Empty<string>()),
            envelope.Headers,
            static (headers, key, value) => headers[key] = value);
        bus.Publish(envelope);
        """,
        s_withoutHelper with { Declarations = $"publish M:Acme.Messaging.IBus.Publish\n{declaration}" });

    [Fact]
    public Task SystemDiagnostics() => Verify<TL1003_PublishWithoutContext>.Fix<TL1003_InjectIntoCarrier>(
        Alone("""bus.[|Publish|](new Envelope("orders", body));"""),
        Alone("""
            var envelope = new Envelope("orders", body) { Headers = new Dictionary<string, string>() };
            DistributedContextPropagator.Current.Inject(
                Activity.Current,
                envelope.Headers,
                (_, key, value) => envelope.Headers[key] = value);
            bus.Publish(envelope);
            """),
        s_withoutHelper with { References = References.None.Add(Library) });

    private static string Alone(string statements) => $$"""
        using System.Collections.Generic;
        using System.Diagnostics;
        using Acme.Messaging;

        public class Sample
        {
            public void Send(IBus bus, byte[] body)
            {
        {{KafkaCode.Indent(statements, 2)}}
            }
        }
        """;

    [Theory]
    [InlineData("""bus.[|Ring|]("orders");""", "publish M:Acme.Messaging.IBus.Ring carrier=none")]
    [InlineData("""bus.[|Post|]("orders", new HeaderBag(), body);""", "publish M:Acme.Messaging.IBus.Post carrier=bag")]
    public Task NothingToWriteTo_HasNoFix(string publish, string declarations)
        => Verify<TL1003_PublishWithoutContext>.NoFix<TL1003_InjectIntoCarrier>(Bus(publish), BusCode.Setup with { Declarations = declarations });
}
