using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

// NATS.Client 1.
public partial class TL1003_PublishWithoutContextSilentTests
{
    private static Task VerifyNats(string statements, string members = "") => Verify(Nats(statements, members), Setup.Nats);

    [Fact]
    public Task Nats_InjectedIntoTheHeader() => VerifyNats($$"""
        var message = new Msg("orders", data);
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, message.Header, static (headers, key, value) => headers.Set(key, value));
        connection.Publish(message);
        """);

    [Fact]
    public Task Nats_InjectedIntoHeadersOfTheirOwn() => VerifyNats($$"""
        var headers = new MsgHeader();
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, headers, static (h, key, value) => h[key] = value);
        connection.Publish("orders", headers, data);
        stream.Publish(new Msg("orders", headers, data));
        await connection.RequestAsync("price", headers, data);
        """);

    [Fact]
    public Task Nats_InjectedBySystemDiagnostics() => VerifyNats("""
        var message = new Msg { Subject = "orders", Data = data };
        DistributedContextPropagator.Current.Inject(Activity.Current, message, (_, key, value) => message.Header.Add(key, value));
        connection.Publish(message);
        """);

    [Fact]
    public Task Nats_TraceHeader() => VerifyNats("""
        connection.Publish(new Msg("orders", new MsgHeader { ["traceparent"] = order.Id }, data));
        connection.Publish("orders", new MsgHeader { { "b3", order.Id } }, data);
        var message = new Msg("orders", data);
        message.Header.Set("traceparent", order.Id);
        stream.Publish(message);
        """);

    [Fact]
    public Task Nats_HeaderOfUnknownName() => VerifyNats("""
        var headers = new MsgHeader();
        headers.Add(order.Id, "");
        connection.Publish("orders", headers, data);
        """);

    [Fact]
    public Task Nats_MessageFromAParameter() => VerifyNats("", """
        public void Publish(IConnection connection, Msg message) => connection.Publish(message);
        public void Publish(IConnection connection, MsgHeader headers) => connection.Publish("orders", headers, null);
        """);

    [Fact]
    public Task Nats_Forwarded() => VerifyNats("", """
        public void Handle(IConnection connection, MsgHandlerEventArgs args)
        {
            connection.Publish("copies", args.Message.Header, args.Message.Data);
            connection.Publish(new Msg("copies", new MsgHeader(args.Message.Header), args.Message.Data));
            args.Message.Subject = "copies";
            connection.Publish(args.Message);
        }
        """);

    [Fact]
    public Task Nats_Answer() => VerifyNats("", """
        public void Handle(IConnection connection, MsgHandlerEventArgs args, byte[] data)
        {
            connection.Publish(args.Message.Reply, data);
            connection.Publish(new Msg(args.Message.Reply, data));
            var reply = new Msg { Subject = args.Message.Subject, Data = data };
            connection.Publish(reply);
            args.Message.Respond(data);
        }
        """);

    [Fact]
    public Task Nats_EncodedConnection() => VerifyNats("", """
        public void Publish(IEncodedConnection connection, Order order) => connection.Publish("orders", order);
        """);

    [Fact]
    public Task Nats_Decorator() => VerifyNats(
        """stream.Publish("orders", data);""",
        """
        private abstract class TracedStream : IJetStream
        {
            public abstract PublishAck Publish(string subject, byte[] data);
            public abstract PublishAck Publish(string subject, MsgHeader headers, byte[] data);
            public abstract PublishAck Publish(string subject, byte[] data, PublishOptions publishOptions);
            public abstract PublishAck Publish(string subject, MsgHeader headers, byte[] data, PublishOptions publishOptions);
            public abstract PublishAck Publish(Msg message);
            public abstract PublishAck Publish(Msg message, PublishOptions publishOptions);
            public abstract Task<PublishAck> PublishAsync(string subject, byte[] data);
            public abstract Task<PublishAck> PublishAsync(string subject, MsgHeader headers, byte[] data);
            public abstract Task<PublishAck> PublishAsync(string subject, byte[] data, PublishOptions publishOptions);
            public abstract Task<PublishAck> PublishAsync(string subject, MsgHeader headers, byte[] data, PublishOptions publishOptions);
            public abstract Task<PublishAck> PublishAsync(Msg message);
            public abstract Task<PublishAck> PublishAsync(Msg message, PublishOptions publishOptions);
        }
        """);

    [Fact]
    public Task Nats_EnvelopeWithATraceMember() => VerifyNats(
        """
        connection.Publish("orders", JsonSerializer.SerializeToUtf8Bytes(new Envelope(order, "")));
        var message = new Msg("orders");
        message.Data = JsonSerializer.SerializeToUtf8Bytes(new { order, Context = Activity.Current?.Id });
        connection.Publish(message);
        """,
        "private sealed record Envelope(Order Order, string TraceParent);");

    [Fact]
    public Task Nats_EnvelopeMadeElsewhere() => VerifyNats(
        """
        var bytes = context.EnvelopeBytes.Invoke();
        connection.Publish("orders", bytes);
        """,
        """
        private readonly Outgoing context = null!;
        private sealed record Outgoing(Func<byte[]> EnvelopeBytes);
        public void Publish(IConnection connection, byte[] envelope) => connection.Publish("orders", envelope);
        """);

    [Fact]
    public Task Nats_LaterClientPropagatesByItself() => Verify("""
        using System.Threading.Tasks;
        using NATS.Client.Core;

        public class Sample
        {
            public ValueTask Send(INatsConnection connection) => connection.PublishAsync("orders", "data");
        }

        namespace NATS.Client.Core
        {
            public interface INatsConnection { ValueTask PublishAsync<T>(string subject, T data); }
        }
        """, Setup.Nats);

    [Fact]
    public Task Nats_VersionWithoutHeaders() => Verify(
        """
        public class Sample
        {
            public void Send(NATS.Client.IConnection connection) => connection.Publish("orders", new byte[0]);
        }
        """,
        Setup.Traced(References.Stub("NATS.Client", """
            namespace NATS.Client
            {
                public class Msg { }
                public interface IConnection { void Publish(string subject, byte[] data); }
            }
            """)));
}
