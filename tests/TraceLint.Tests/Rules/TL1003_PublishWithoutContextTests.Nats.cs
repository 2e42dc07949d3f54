using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

// NATS.Client 1.
public partial class TL1003_PublishWithoutContextTests
{
    private static Task VerifyNats(string statements, string members = "") => Verify(Nats(statements, members), Setup.Nats);

    [Fact]
    public Task Nats_SubjectAndData() => VerifyNats("""
        connection.[|Publish|]("orders", data);
        connection.[|Publish|]("orders", data, 0, 10);
        connection.[|Publish|]("orders", "answers", Encoding.UTF8.GetBytes(order.Id));
        """);

    [Fact]
    public Task Nats_Request() => VerifyNats("""
        connection.[|Request|]("price", data, 1000);
        await connection.[|RequestAsync|]("price", data, cancellation);
        """);

    [Fact]
    public Task Nats_JetStream() => VerifyNats("""
        stream.[|Publish|]("orders", data);
        await stream.[|PublishAsync|]("orders", data, new PublishOptions());
        """);

    [Fact]
    public Task Nats_ConcreteConnection() => VerifyNats("""
        var concrete = (Connection)connection;
        concrete.[|Publish|]("orders", data);
        """);

    [Fact]
    public Task Nats_MessageWithoutHeaders() => VerifyNats("""
        connection.[|Publish|](new Msg("orders", data));
        stream.[|Publish|](new Msg { Subject = "orders", Data = data });
        """);

    [Fact]
    public Task Nats_BusinessHeaders() => VerifyNats("""
        var message = new Msg("orders", data);
        message.Header["type"] = "order";
        message.Header.Add("tenant", "1");
        await stream.[|PublishAsync|](message);
        """);

    [Fact]
    public Task Nats_BusinessHeadersMadeFirst() => VerifyNats("""
        var headers = new MsgHeader { ["type"] = "order" };
        headers.Set("tenant", "1");
        connection.[|Publish|]("orders", headers, data);
        connection.[|Publish|](new Msg("orders", headers, data));
        """);

    [Fact]
    public Task Nats_NullHeaders() => VerifyNats("""
        connection.[|Publish|]("orders", (MsgHeader)null, data);
        connection.[|Request|]("orders", headers: null, data, 1000);
        """);

    [Fact]
    public Task Nats_HeadersMadeByAHelper() => VerifyNats(
        """connection.[|Publish|]("orders", Typed("order"), data);""",
        """private static MsgHeader Typed(string type) { var headers = new MsgHeader(); headers.Add("type", type); return headers; }""");

    [Fact]
    public Task Nats_HandedToAWrapper() => VerifyNats(
        """[|Publish|](connection, new MsgHeader());""",
        """private static void Publish(IConnection connection, MsgHeader headers) => connection.Publish("orders", headers, null);""");

    [Fact]
    public Task Nats_IncomingContextDropped() => VerifyNats("""
        EventHandler<MsgHandlerEventArgs> handler = (sender, args) => connection.[|Publish|]("copies", args.Message.Data);
        handler(this, new MsgHandlerEventArgs());
        """);
}
