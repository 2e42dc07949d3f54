using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1003 must not report: the context is there, or may be for all that can be known. First RabbitMQ.Client before version 7.</summary>
public partial class TL1003_PublishWithoutContextSilentTests
{
    private const string Setter = "(headers, key, value) => headers[key] = Encoding.UTF8.GetBytes(value)";

    private static Task Verify(string source, Setup setup) => Verify<TL1003_PublishWithoutContext>.Rule(source, setup);

    private static Task VerifyRabbit(string statements, string members = "") => Verify(Rabbit(statements, members), Setup.Rabbit);

    [Fact]
    public Task Rabbit_InjectedIntoTheProperties() => VerifyRabbit(
        $$"""
        var properties = channel.CreateBasicProperties();
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, properties, InjectTraceContext);
        channel.BasicPublish("orders", "", properties, body);
        """,
        """
        private static void InjectTraceContext(IBasicProperties properties, string key, string value)
        {
            if (properties.Headers == null)
            {
                properties.Headers = new Dictionary<string, object>();
            }

            properties.Headers[key] = value;
        }
        """);

    [Fact]
    public Task Rabbit_InjectedIntoTheHeaders() => VerifyRabbit($$"""
        var properties = channel.CreateBasicProperties();
        properties.Headers ??= new Dictionary<string, object>();
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, properties.Headers, {{Setter}});
        channel.BasicPublish("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_InjectedIntoHeadersCheckedForNull() => VerifyRabbit($$"""
        var properties = channel.CreateBasicProperties();
        if (properties.Headers == null)
        {
            properties.Headers = new Dictionary<string, object>();
        }

        Propagators.DefaultTextMapPropagator.Inject({{Context}}, properties.Headers, {{Setter}});
        channel.BasicPublish("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_InjectedIntoADictionary() => VerifyRabbit($$"""
        var headers = new Dictionary<string, object>();
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, headers, {{Setter}});
        var properties = channel.CreateBasicProperties();
        properties.Headers = headers;
        channel.BasicPublish("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_InjectedIntoADictionaryThatIsCopied() => VerifyRabbit($$"""
        IDictionary<string, object> carrier = new Dictionary<string, object>();
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, carrier, {{Setter}});
        var properties = channel.CreateBasicProperties();
        properties.Headers = new Dictionary<string, object>(carrier) { ["type"] = "order" };
        channel.BasicPublish("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_InjectedBySystemDiagnostics() => VerifyRabbit("""
        var properties = channel.CreateBasicProperties();
        properties.Headers = new Dictionary<string, object>();
        DistributedContextPropagator.Current.Inject(Activity.Current, properties.Headers, (_, key, value) => properties.Headers[key] = value);
        channel.BasicPublish("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_InjectedByAHelper() => VerifyRabbit(
        """
        var properties = channel.CreateBasicProperties();
        properties.Headers = new Dictionary<string, object>();
        Inject(properties.Headers);
        channel.BasicPublish("orders", "", properties, body);
        """,
        """
        private static void Inject(IDictionary<string, object> headers)
        {
            headers["traceparent"] = Activity.Current?.Id ?? "";
        }
        """);

    [Fact]
    public Task Rabbit_InjectedByAnExtension() => VerifyRabbit(
        """
        channel.BasicPublish("orders", "", channel.CreateBasicProperties().Traced(), body);
        """,
        $$"""
        }

        public static class Tracing
        {
            public static IBasicProperties Traced(this IBasicProperties properties)
            {
                properties.Headers = new Dictionary<string, object>();
                Propagators.DefaultTextMapPropagator.Inject({{Context}}, properties, static (p, key, value) => p.Headers[key] = value);
                return properties;
            }
        """);

    [Fact]
    public Task Rabbit_InjectedByAnInterface() => VerifyRabbit(
        """
        var properties = channel.CreateBasicProperties();
        enricher.Enrich(properties);
        channel.BasicPublish("orders", "", properties, body);
        """,
        """
        private readonly IEnricher enricher = null!;
        public interface IEnricher { void Enrich(IBasicProperties properties); }
        """);

    [Fact]
    public Task Rabbit_InjectedByACallback() => VerifyRabbit("", """
        public void Publish(IModel channel, byte[] body, Action<IBasicProperties> configure)
        {
            var properties = channel.CreateBasicProperties();
            configure(properties);
            channel.BasicPublish("orders", "", properties, body);
        }
        """);

    [Fact]
    public Task Rabbit_InjectedByAVendor() => VerifyRabbit(
        """
        var properties = channel.CreateBasicProperties();
        var adapter = new Adapter(properties);
        channel.BasicPublish("orders", "", properties, body);
        """,
        "private sealed class Adapter(IBasicProperties properties) { public IBasicProperties Properties => properties; }");

    [Theory]
    [InlineData("traceparent")]
    [InlineData("b3")]
    [InlineData("Diagnostic-Id")]
    [InlineData("x-trace-id")]
    public Task Rabbit_TraceHeader(string name) => VerifyRabbit($$"""
        var properties = channel.CreateBasicProperties();
        properties.Headers = new Dictionary<string, object> { { "{{name}}", order.Id } };
        channel.BasicPublish("orders", "", properties, body);
        var other = channel.CreateBasicProperties();
        other.Headers = new Dictionary<string, object>();
        other.Headers["{{name}}"] = order.Id;
        channel.BasicPublish("orders", "", other, body);
        """);

    [Fact]
    public Task Rabbit_TraceHeaderWhereThereIsAnActivity() => VerifyRabbit("""
        var properties = channel.CreateBasicProperties();
        if (Activity.Current != null)
        {
            properties.Headers = new Dictionary<string, object>();
            properties.Headers["traceparent"] = Activity.Current.Id;
        }

        channel.BasicPublish("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_HeaderOfUnknownName() => VerifyRabbit("""
        var properties = channel.CreateBasicProperties();
        properties.Headers = new Dictionary<string, object>();
        foreach (var line in order.Lines)
        {
            properties.Headers.Add(line, 1);
        }

        channel.BasicPublish("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_HeadersCopiedFromAnInjectedDictionary() => VerifyRabbit($$"""
        var carrier = new Dictionary<string, string>();
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, carrier, (c, key, value) => c[key] = value);
        var properties = channel.CreateBasicProperties();
        properties.Headers = carrier.ToDictionary(pair => pair.Key, pair => (object)pair.Value);
        channel.BasicPublish("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_ActivityUnderABusinessName() => VerifyRabbit("""
        var properties = channel.CreateBasicProperties();
        properties.Headers = new Dictionary<string, object>();
        properties.Headers["correlation-id"] = Activity.Current?.Id;
        channel.BasicPublish("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_ActivityAsTheCorrelationId() => VerifyRabbit("""
        var properties = channel.CreateBasicProperties();
        properties.CorrelationId = Activity.Current?.TraceId.ToString();
        channel.BasicPublish("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_ForwardedProperties() => VerifyRabbit("", """
        public void Retry(IModel channel, BasicDeliverEventArgs delivery)
        {
            channel.BasicPublish("retry", "", delivery.BasicProperties, delivery.Body);
            var properties = channel.CreateBasicProperties();
            properties.Headers = delivery.BasicProperties.Headers;
            properties.Headers["attempt"] = 2;
            channel.BasicPublish("retry", "", properties, delivery.Body);
        }
        """);

    [Fact]
    public Task Rabbit_CopiedHeaders() => VerifyRabbit("""
        var result = channel.BasicGet("orders", autoAck: true);
        var properties = channel.CreateBasicProperties();
        properties.Headers = new Dictionary<string, object>(result.BasicProperties.Headers);
        channel.BasicPublish("", "archive", properties, result.Body);
        """);

    [Fact]
    public Task Rabbit_PropertiesFromAParameter() => VerifyRabbit("", """
        public void Publish(IModel channel, IBasicProperties properties, byte[] body) => channel.BasicPublish("orders", "", properties, body);
        public void Publish(IModel channel, Dictionary<string, object> headers, byte[] body)
        {
            var properties = channel.CreateBasicProperties();
            properties.Headers = headers;
            channel.BasicPublish("orders", "", properties, body);
        }
        """);

    [Fact]
    public Task Rabbit_PropertiesFromAField() => VerifyRabbit(
        """channel.BasicPublish("orders", "", persistent, body);""",
        "private readonly IBasicProperties persistent = null!;");

    [Fact]
    public Task Rabbit_OwnProperties() => Verify(Rabbit(
        """channel.BasicPublish("orders", "", new TracedProperties(), body);""",
        """
        private sealed class TracedProperties : IBasicProperties
        {
            public string CorrelationId { get; set; }
            public IDictionary<string, object> Headers { get; set; } = new Dictionary<string, object> { ["traceparent"] = Activity.Current?.Id };
            public bool Persistent { get; set; }
            public string ReplyTo { get; set; }
            public PublicationAddress ReplyToAddress { get; set; }
            public void ClearHeaders() { }
            public bool IsHeadersPresent() => true;
        }
        """), Setup.Rabbit5);

    [Fact]
    public Task Rabbit_Decorator() => Verify(Rabbit(
        """channel.BasicPublish("orders", "", null, body);""",
        """
        private sealed class TracedModel(IModel inner) : IModel
        {
            public void BasicPublish(string exchange, string routingKey, bool mandatory, IBasicProperties basicProperties, byte[] body)
            {
                basicProperties ??= CreateBasicProperties();
                basicProperties.Headers = new Dictionary<string, object> { ["traceparent"] = Activity.Current?.Id };
                inner.BasicPublish(exchange, routingKey, mandatory, basicProperties, body);
            }

            public IBasicProperties CreateBasicProperties() => inner.CreateBasicProperties();
            public void Dispose() { }
        }
        """), Setup.Rabbit5);

    [Fact]
    public Task Rabbit_Version7PropagatesByItself() => Verify(
        """
        using System.Threading.Tasks;
        using RabbitMQ.Client;

        public class Sample
        {
            public async Task Send(IChannel channel, byte[] body)
            {
                await channel.BasicPublishAsync("orders", "", body);
                await channel.BasicPublishAsync("orders", "", mandatory: true, new BasicProperties { Persistent = true }, body);
            }
        }
        """,
        Setup.Traced(References.Rabbit7));

    [Fact]
    public Task Rabbit_Answer() => VerifyRabbit("", """
        public void Answer(IModel channel, BasicDeliverEventArgs request, byte[] body)
        {
            var answer = channel.CreateBasicProperties();
            answer.CorrelationId = request.BasicProperties.CorrelationId;
            channel.BasicPublish("", request.BasicProperties.ReplyTo, answer, body);
            channel.BasicPublish(request.BasicProperties.ReplyToAddress, null, body);
            var replyTo = request.BasicProperties.ReplyTo;
            channel.BasicPublish(exchange: "", basicProperties: null, body: body, routingKey: replyTo);
        }
        """);

    [Fact]
    public Task Rabbit_EnvelopeWithATraceMember() => VerifyRabbit(
        """
        var envelope = new Envelope(order, "");
        var json = JsonSerializer.Serialize(envelope);
        var bytes = Encoding.UTF8.GetBytes(json);
        channel.BasicPublish("orders", "", channel.CreateBasicProperties(), bytes);
        channel.BasicPublish("orders", "", null, JsonSerializer.SerializeToUtf8Bytes(envelope));
        """,
        "private sealed record Envelope(Order Order, string TraceParent);");

    [Fact]
    public Task Rabbit_ActivityInTheBody() => VerifyRabbit("""
        channel.BasicPublish("orders", "", null, JsonSerializer.SerializeToUtf8Bytes(new { order.Id, Context = Activity.Current?.Id }));
        """);

    [Fact]
    public Task Rabbit_EnvelopeHandedToAHelper() => VerifyRabbit(
        """Publish(channel, JsonSerializer.SerializeToUtf8Bytes(new { order.Id, Context = Activity.Current?.Id }), channel.CreateBasicProperties());""",
        """private static void Publish(IModel channel, byte[] body, IBasicProperties properties) => channel.BasicPublish("orders", "", properties, body);""");

    [Fact]
    public Task Rabbit_HeadersInTheBody() => VerifyRabbit(
        """
        var envelope = new Envelope { Order = order };
        channel.BasicPublish("orders", "", null, JsonSerializer.SerializeToUtf8Bytes(envelope));
        channel.BasicPublish("orders", "", null, JsonSerializer.SerializeToUtf8Bytes((order, envelope.Metadata)));
        """,
        """
        private sealed class Envelope
        {
            public Order Order { get; set; }
            public Dictionary<string, string> Metadata { get; set; }
        }
        """);

    [Fact]
    public Task Rabbit_InjectedIntoADictionaryThatBecomesTheBody() => VerifyRabbit($$"""
        var meta = new Dictionary<string, object>();
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, meta, {{Setter}});
        var properties = channel.CreateBasicProperties();
        properties.Headers = new Dictionary<string, object> { ["type"] = "order" };
        channel.BasicPublish("orders", "", properties, JsonSerializer.SerializeToUtf8Bytes(new { order, meta }));
        """);

    [Fact]
    public Task Rabbit_WrittenToADictionaryThatBecomesTheBody() => VerifyRabbit("""
        var meta = new Dictionary<string, object>();
        meta["traceparent"] = Environment.NewLine;
        channel.BasicPublish("orders", "", channel.CreateBasicProperties(), JsonSerializer.SerializeToUtf8Bytes(new { order, meta }));
        """);

    [Fact]
    public Task Rabbit_ProjectInjectsIntoItsEnvelopes() => VerifyRabbit(
        """channel.BasicPublish("orders", "", null, body);""",
        $$"""
        private sealed class Envelope
        {
            public Dictionary<string, object> Meta { get; } = [];

            public Envelope() => Propagators.DefaultTextMapPropagator.Inject({{Context}}, Meta, {{Setter}});
        }
        """);

    [Fact]
    public Task Rabbit_PassedToDynamic() => VerifyRabbit("", """
        public void Publish(IModel channel, byte[] body, dynamic tracer)
        {
            var properties = channel.CreateBasicProperties();
            tracer.Inject(properties);
            channel.BasicPublish("orders", "", properties, body);
        }
        """);

    [Fact]
    public Task Rabbit_Batch() => VerifyRabbit("""
        var batch = channel.CreateBasicPublishBatch();
        batch.Add("orders", "", false, channel.CreateBasicProperties(), new ReadOnlyMemory<byte>(body));
        batch.Publish();
        """);

    [Fact]
    public Task Rabbit_OwnTypesOfTheSameNames() => VerifyRabbit("", """
        public void Publish(Own.IModel channel) => channel.BasicPublish("orders", "", null);
        }

        namespace Own
        {
            public interface IModel { void BasicPublish(string exchange, string routingKey, object basicProperties); }
        """);

    [Fact]
    public Task Rabbit_ExpressionTree() => VerifyRabbit("", """
        public System.Linq.Expressions.Expression<Action<IModel>> Setup() => channel => channel.BasicPublish("orders", "", false, null, default);
        """);

    [Fact]
    public Task Rabbit_LogSink() => VerifyRabbit("", """
        }

        public class RabbitSink(IModel channel) : Serilog.Core.ILogEventSink
        {
            public void Emit(string logEvent) => channel.BasicPublish("logs", "", null, Encoding.UTF8.GetBytes(logEvent));
        }

        namespace Serilog.Core
        {
            public interface ILogEventSink { void Emit(string logEvent); }
        """);

    [Fact]
    public Task Rabbit_Ping() => VerifyRabbit("""channel.BasicPublish("", "health", null, Encoding.UTF8.GetBytes("ping"));""");

    [Fact]
    public Task Rabbit_TestProject() => Verify(
        Rabbit("""channel.BasicPublish("orders", "", null, body);"""), Setup.Traced(References.Rabbit, References.Named("xunit.core")));

    [Fact]
    public Task LibrariesAbsent() => Verify("""
        public interface IModel { void BasicPublish(string exchange, string routingKey, object properties); }

        public class Sample
        {
            public void Send(IModel channel) => channel.BasicPublish("orders", "", null);
        }
        """, Setup.Traced());
}
