using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.BusCode;

namespace TraceLint.Tests.Rules;

// A bus that the project has declared.
public partial class TL1003_PublishWithoutContextTests
{
    private static Task VerifyBus(string statements, string members = "") => Verify(Bus(statements, members), BusCode.Setup);

    [Fact]
    public Task Declared_MessageWithoutHeaders() => VerifyBus("""
        bus.[|Publish|](new Envelope("orders", body));
        await bus.[|PublishAsync|](new Envelope { Topic = "orders", Headers = new Dictionary<string, string>() }, cancellation);
        new MemoryBus().[|Publish|](new Envelope { Headers = { ["type"] = "placed" } });
        """);

    [Fact]
    public Task Declared_ParameterIsTheCarrier() => VerifyBus("""
        var headers = new Dictionary<string, byte[]> { ["type"] = body };
        bus.[|Send|]("orders", body, headers);
        bus.[|Send|]("orders", body);
        bus.[|Send|]("orders", body, null);
        """);

    [Fact]
    public Task Declared_Options() => VerifyBus("""
        bus.[|Emit|]("orders", body);
        bus.[|Emit|]("orders", body, new SendOptions { Priority = 1 });
        bus.[|Emit|]("orders", body, new() { Properties = new() { ["type"] = 1 } }, attempts: 3);
        """);

    [Fact]
    public Task Declared_GenericMessage() => VerifyBus("""bus.[|Mail|](new Letter<Order>(order));""");

    [Fact]
    public Task Declared_CarrierOfItsOwnType() => VerifyBus("""
        var bag = new HeaderBag();
        bag.Put("type", "placed");
        bus.[|Post|]("orders", bag, body);
        bus.[|Post|]("orders", null, body);
        """);

    [Fact]
    public Task Declared_Nothing() => VerifyBus("""bus.[|Ring|]("orders");""");

    [Fact]
    public Task Declared_Extension() => VerifyBus("""bus.[|Whisper|]("orders", new Dictionary<string, string>());""");

    [Fact]
    public Task Declared_Batch() => VerifyBus("""
        await bus.[|PublishAsync|](order.Lines.Select(line => new Envelope { Topic = line }).ToList(), cancellation);
        """);

    [Fact]
    public Task Declared_WrapperIsNotBlamed() => VerifyBus(
        """[|Send|](bus, new Envelope("orders", body));""",
        "private static void Send(IBus bus, Envelope envelope) => bus.Publish(envelope);");

    [Fact]
    public Task Declared_BySetting() => Verify(
        Bus("""bus.[|Publish|](new Envelope("orders", body));"""),
        BusCode.Setup with { Declarations = "", Config = "tracelint.publish_methods = M:Acme.Messaging.IBus.Publish(Acme.Messaging.Envelope)" });

    [Fact]
    public Task Declared_BySettingOfAFolder() => Verify(
        Bus("""bus.Publish(new Envelope("orders", body));"""),
        BusCode.Setup with
        {
            Declarations = "",
            EditorConfig = "[Legacy.cs]\ntracelint.publish_methods = M:Acme.Messaging.IBus.Publish",
            MoreFiles = [("/Legacy.cs", """
                public class Legacy
                {
                    public void Send(Acme.Messaging.IBus bus, byte[] body) => bus.[|Publish|](new Acme.Messaging.Envelope("orders", body));
                }
                """)],
        });

    [Fact]
    public Task Declared_InTheProjectItself() => Verify(
        """
        using System.Collections.Generic;
        namespace Acme
        {
            public class Envelope { public Envelope(string topic) { Topic = topic; } public string Topic { get; } public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>(); }
            public record Note(string Text, IDictionary<string, string> Headers);
            public interface IBus { void Publish(Envelope envelope); void Publish(Note note); }
            public class Bus : IBus { public void Publish(Envelope envelope) { } public void Publish(Note note) { } }
            public class Sample
            {
                public void Send(IBus bus)
                {
                    bus.[|Publish|](new Envelope("orders"));
                    bus.[|Publish|](new Note("placed", new Dictionary<string, string>()));
                }
            }
        }
        """,
        BusCode.Setup with { Declarations = "publish M:Acme.IBus.Publish" });

    /// <summary>By whatever methods its library publishes it.</summary>
    [Fact]
    public Task Declared_MessageType() => Verify(
        Bus("""
            bus.[|Publish|](new Envelope("orders", body));
            await bus.[|PublishAsync|](new[] { new Envelope { Topic = "orders" } }, cancellation);
            """),
        BusCode.Setup with { Declarations = "publish T:Acme.Messaging.Envelope" });
}
