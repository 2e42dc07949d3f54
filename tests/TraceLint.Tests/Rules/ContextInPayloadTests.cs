using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>
/// A context counts as carried in the payload only where it goes into this very payload: what is read, injected or made for
/// something else silences nothing. Each shape that is reported has a twin that is not.
/// </summary>
public class ContextInPayloadTests
{
    private const string Publish = """await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = order.Id });""";

    private static Task Verify(string source, Setup? setup = null) => Verify<TL1001_KafkaPublishWithoutContext>.Rule(source, setup);

    [Theory]
    [InlineData("var context = Activity.Current?.Context ?? default;")]
    [InlineData("var id = Activity.Current?.TraceId.ToString(); Console.WriteLine(id);")]
    [InlineData("var line = $\"{order.Id} {Activity.Current?.TraceId}\"; log(line);")]
    [InlineData("response.Headers[\"x-trace\"] = Activity.Current?.Id ?? \"\";")]
    [InlineData("var problem = new Problem { Title = order.Id }; problem.Extensions[\"traceId\"] = Activity.Current?.Id; Show(problem);")]
    [InlineData("audit.Add(new Row(order.Id, Activity.Current?.TraceId.ToString()));")]
    [InlineData("Audit(order);")]
    [InlineData("AuditWhole(order);")]
    [InlineData("(string Id, string? Trace) row = (order.Id, Activity.Current?.Id); rows.Add(row);")]
    [InlineData("using var activity = source.StartActivity(\"send\"); activity?.SetTag(\"id\", activity.TraceId.ToString());")]
    public Task ReadForSomethingElse_IsReported(string read) => Verify(Method($"{read}\n{Publish}", """
        private readonly Action<string> log = Console.WriteLine;
        private readonly List<Row> audit = [];
        private readonly List<(string, string?)> rows = [];
        private readonly List<string> texts = [];
        private readonly Response response = new();
        private void Audit(Order order) => texts.Add(order.Id + " " + Activity.Current?.TraceId);
        private void AuditWhole(Order order) => audit.Add(new Row(order.Id, Activity.Current?.Id) { Order = order });
        private static void Show(Problem problem) { }
        public sealed class Response { public Dictionary<string, string> Headers { get; } = []; }
        public sealed class Problem { public string? Title { get; set; } public Dictionary<string, object?> Extensions { get; } = []; }
        public sealed record Row(string Key, string? Trace) { public Order? Order { get; init; } }
        """));

    [Theory]
    [InlineData("var id = Activity.Current?.Id; var body = order.Id + id;")]
    [InlineData("var id = Activity.Current?.Id; var body = $\"{order.Id};{id}\";")]
    [InlineData("string body; if (flag) { body = \"x\"; } else { body = Activity.Current?.Id ?? \"\"; }")]
    [InlineData("var body = JsonSerializer.Serialize(Wrap(order, Activity.Current?.Id));")]
    [InlineData("var body = JsonSerializer.Serialize(new Dto { Key = order.Id, Origin = Activity.Current?.Id });")]
    [InlineData("var dto = new Dto { Key = order.Id }; dto.Origin = Activity.Current?.Id; var body = JsonSerializer.Serialize(dto);")]
    [InlineData("var dto = new Dto { Key = order.Id }; Stamp(dto); var body = JsonSerializer.Serialize(dto);")]
    [InlineData("var dto = new Dto { Key = order.Id }; dto.Stamp(); var body = JsonSerializer.Serialize(dto);")]
    [InlineData("var body = JsonSerializer.Serialize(new Stamped(order.Id));")]
    [InlineData("var dto = new Dto { Key = order.Id }; var fields = dto.Fields; fields[\"o\"] = Activity.Current?.Id; var body = JsonSerializer.Serialize(dto);")]
    [InlineData("var (key, origin) = (order.Id, Activity.Current?.Id); var body = key + origin;")]
    [InlineData("var pair = (order.Id, Activity.Current?.Id); var body = JsonSerializer.Serialize(pair);")]
    [InlineData("var text = new StringBuilder(); text.Append(order.Id).Append(';').Append(Activity.Current?.Id); var body = text.ToString();")]
    [InlineData("Fill(order, out var body);")]
    [InlineData("var body = Current + order.Id;")]
    [InlineData("var body = _seal(order);")]
    [InlineData("var body = string.Join(';', order.Lines.Select(line => line + Activity.Current?.Id));")]
    [InlineData("var list = new List<Dto>(); foreach (var line in order.Lines) { list.Add(new Dto { Origin = Activity.Current?.Id }); } var body = JsonSerializer.Serialize(list);")]
    [InlineData("var list = order.Lines.Select(line => new Dto { Key = line }).ToList(); foreach (var dto in list) { dto.Origin = Activity.Current?.Id; } var body = JsonSerializer.Serialize(list);")]
    [InlineData("using var stream = new System.IO.MemoryStream(); JsonSerializer.Serialize(stream, new Dto { Origin = Activity.Current?.Id }); var body = Encoding.UTF8.GetString(stream.ToArray());")]
    [InlineData("using var stream = new System.IO.MemoryStream(); using (var writer = new System.IO.StreamWriter(stream)) { writer.Write(Activity.Current?.Id); } var body = Encoding.UTF8.GetString(stream.ToArray());")]
    public Task ReadIntoThePayload_IsSilent(string made) => Verify(Method($$"""
        {{made}}
        await producer.ProduceAsync("orders", new Message<string, string> { Value = body });
        """, """
        private readonly Func<Order, string> _seal = order => order.Id + Activity.Current?.Id;
        private static string? Current => Activity.Current?.Id;
        private static object Wrap(Order order, string? origin) => new { order, origin };
        private static void Stamp(Dto dto) => dto.Origin = Activity.Current?.Id;
        private static void Fill(Order order, out string body) => body = order.Id + Activity.Current?.Id;
        public sealed class Dto
        {
            public string? Key { get; set; }
            public string? Origin { get; set; }
            public Dictionary<string, string?> Fields { get; } = [];
            public void Stamp() => Origin = Activity.Current?.Id;
        }
        public sealed class Stamped(string key)
        {
            public string Key { get; } = key;
            public string? Origin { get; } = Activity.Current?.Id;
        }
        """));

    [Theory]
    [InlineData("traced.Name")]
    [InlineData("traced.Name.Trim()")]
    [InlineData("JsonSerializer.Serialize(new { traced.Name })")]
    [InlineData("$\"{traced.Name}:{order.Id}\"")]
    [InlineData("NameOf(traced)")]
    [InlineData("traced.Upper()")]
    [InlineData("new Traced { Name = order.Id, TraceId = Activity.Current?.TraceId.ToString() }.Name")]
    public Task MemberBesideTheTraceId_IsReported(string value) => Verify(Method("", $$"""
        public void Send(IProducer<string, string> producer, Order order, Traced traced)
            => producer.[|Produce|]("orders", new Message<string, string> { Value = {{value}} });

        private static string NameOf(Traced traced) => traced.Name;
        public sealed class Traced
        {
            public string Name { get; set; } = "";
            public string? TraceId { get; set; }
            public string Upper() => Name.ToUpperInvariant();
        }
        """));

    [Theory]
    [InlineData("traced.TraceId")]
    [InlineData("JsonSerializer.Serialize(traced)")]
    [InlineData("JsonSerializer.Serialize(new { traced })")]
    [InlineData("JsonSerializer.Serialize(new List<Traced> { traced })")]
    [InlineData("traced.ToString()")]
    [InlineData("$\"{traced}\"")]
    [InlineData("traced.Json()")]
    [InlineData("Text(traced)")]
    [InlineData("JsonSerializer.Serialize(new Dto(traced.Name, traced.TraceId))")]
    public Task TraceIdItselfOrTheWhole_IsSilent(string value) => Verify(Method("", $$"""
        public void Send(IProducer<string, string?> producer, Order order, Traced traced)
            => producer.Produce("orders", new Message<string, string?> { Value = {{value}} });

        private static string Text(Traced traced) => JsonSerializer.Serialize(traced);
        public sealed record Dto(string Name, string? Origin);
        public sealed record Traced
        {
            public string Name { get; set; } = "";
            public string? TraceId { get; set; }
            public string Json() => JsonSerializer.Serialize(this);
        }
        """));

    [Fact]
    public Task OneCallerOfAWrapper_DoesNotSpeakForTheOthers() => Verify(Method("", """
        public void Placed(IProducer<string, string> producer, Order order) => Publish(producer, JsonSerializer.Serialize(new { order.Id, origin = Activity.Current?.Id }));
        public void Paid(IProducer<string, string> producer, Order order) => Publish(producer, order.Id);
        private static void Publish(IProducer<string, string> producer, string body) => producer.[|Produce|]("orders", new Message<string, string> { Value = body });
        """));

    [Fact]
    public Task AllCallersOfAWrapper_PutItIn() => Verify(Method("", """
        public void Placed(IProducer<string, string> producer, Order order) => Publish(producer, JsonSerializer.Serialize(new { order.Id, origin = Activity.Current?.Id }));
        public void Paid(IProducer<string, string> producer, Order order) => Publish(producer, Body(order));
        private static string Body(Order order) => order.Id + Activity.Current?.Id;
        private static void Publish(IProducer<string, string> producer, string body) => producer.Produce("orders", new Message<string, string> { Value = body });
        """));

    [Fact]
    public Task EndpointsOfOneProgram() => Verify<TL1001_KafkaPublishWithoutContext>.Program("""
        using System;
        using System.Diagnostics;
        using System.Text.Json;
        using Confluent.Kafka;

        IProducer<string, string> producer = null!;
        Action<string> place = id => producer.Produce("orders", new Message<string, string> { Value = JsonSerializer.Serialize(new Placed(id, Activity.Current?.Id)) });
        Action<string> pay = id => producer.[|Produce|]("orders", new Message<string, string> { Value = JsonSerializer.Serialize(new Paid(id)) });
        Action<string> log = id =>
        {
            var message = new Message<string, string>();
            message.Value = Activity.Current?.Id;
            producer.Produce("log", message);
        };
        place(""); pay(""); log("");

        public sealed record Placed(string Key, string? TraceParent);
        public sealed record Paid(string Key);
        """);

    [Theory]
    [InlineData("public static void Call(System.Net.Http.HttpRequestMessage request) => INJECT(request.Headers, (to, key, value) => to.Add(key, value));")]
    [InlineData("public static void Call(Dictionary<string, string> environment) { } public static void Run(ProcessStartInfo info) => INJECT(info.Environment, (to, key, value) => to[key] = value);")]
    [InlineData("public static void Call(System.Net.Http.HttpRequestMessage request) { var headers = new Dictionary<string, string>(); INJECT(headers, (to, key, value) => to[key] = value); foreach (var (name, value) in headers) { request.Headers.Add(name, value); } }")]
    [InlineData("public Dictionary<string, object> Meta { get; } = []; public Outgoing() => INJECT(Meta, (to, key, value) => to[key] = value);")]
    [InlineData("private readonly Dictionary<string, string> _headers = []; public void Refresh() => INJECT(_headers, (to, key, value) => to[key] = value);")]
    public Task InjectionIntoSomethingElse_IsReported(string member) => Verify(Traced(Publish) + $$"""

        public class Outgoing
        {
            {{member.Replace("INJECT(", "Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), ", StringComparison.Ordinal)}}
        }
        """);

    [Theory]
    [InlineData("\"placed\"")]
    [InlineData("order.Id")]
    [InlineData("JsonSerializer.Serialize(order)")]
    [InlineData("JsonSerializer.Serialize(new { order.Id, order.Lines })")]
    [InlineData("Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(order))")]
    [InlineData("Convert.ToBase64String(new byte[] { 1, 2 })")]
    public Task PayloadThatCannotHoldTheEnvelope_IsReported(string value)
        => Verify(Traced($$"""await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = {{value}} });""") + Envelope);

    [Theory]
    [InlineData("JsonSerializer.Serialize(envelope)")]
    [InlineData("JsonSerializer.Serialize(new { order, envelope })")]
    [InlineData("JsonSerializer.Serialize(new List<Envelope> { envelope })")]
    [InlineData("JsonSerializer.Serialize(envelope.Meta)")]
    [InlineData("JsonSerializer.Serialize(held)")]
    [InlineData("JsonSerializer.Serialize(derived)")]
    [InlineData("body")]
    [InlineData("Encoding.UTF8.GetString(bytes)")]
    [InlineData("JsonSerializer.Serialize(anything)")]
    [InlineData("JsonSerializer.Serialize(item)")]
    [InlineData("stored.Payload")]
    [InlineData("store.Load(order.Id)")]
    public Task PayloadThatMayHoldTheEnvelope_IsSilent(string value) => Verify(Traced("", $$"""
        public void Send<T>(IProducer<string, string> producer, Order order, Envelope envelope, Derived derived, Held held, string body, byte[] bytes, object anything, T item, Stored stored, IStore store)
            => producer.Produce("orders", new Message<string, string> { Value = {{value}} });

        public sealed record Held(Order Order, Envelope[] Envelopes);
        public sealed class Derived : Envelope;
        public sealed record Stored(string Key, string Payload);
        public interface IStore { string Load(string key); }
        """) + Envelope);

    [Theory]
    [InlineData("message.ApplicationProperties = headers;", true)]
    [InlineData("var message2 = new Azure.Messaging.ServiceBus.ServiceBusMessage(headers);", true)]
    [InlineData("foreach (var (key, value) in headers) { message.ApplicationProperties[key] = value; }", true)]
    [InlineData("foreach (var header in headers) { message.ApplicationProperties.Add(header.Key, header.Value); }", true)]
    [InlineData("message.SetProperties(headers);", true)]
    [InlineData("message.Body = JsonSerializer.Serialize(headers);", false)]
    [InlineData("_kept = headers;", false)]
    public Task DictionaryThatBecomesTheHeadersOfALibrary(string use, bool isReported) => Verify(
        Traced(
            $$"""await producer.{{(isReported ? "[|ProduceAsync|]" : "ProduceAsync")}}("orders", new Message<string, string> { Value = JsonSerializer.Serialize(new Placed(order.Id, new())) });""",
            $$"""
            private IDictionary<string, object> _kept = new Dictionary<string, object>();
            public void Announce(Azure.Messaging.ServiceBus.ServiceBusMessage message)
            {
                var headers = new Dictionary<string, object>();
                Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), headers, (to, key, value) => to[key] = value);
                {{use}}
            }

            public sealed record Placed(string Key, Dictionary<string, object> Extra);
            """),
        Setup.OpenTelemetry with { References = Setup.OpenTelemetry.References.Add(References.Stub("Azure.Messaging.ServiceBus", """
            using System.Collections.Generic;
            namespace Azure.Messaging.ServiceBus
            {
                public class ServiceBusMessage
                {
                    public ServiceBusMessage(IDictionary<string, object> properties) { }
                    public string Body { get; set; } = "";
                    public IDictionary<string, object> ApplicationProperties { get; set; } = new Dictionary<string, object>();
                    public void SetProperties(IDictionary<string, object> properties) { }
                }
            }
            """)) });

    [Fact]
    public Task FixOfOneTransport_LeavesTheOthersReported() => Verify(
        Traced(Publish, """
        public void Notify(RabbitMQ.Client.IModel channel, byte[] body)
        {
            var properties = channel.CreateBasicProperties();
            properties.Headers ??= new Dictionary<string, object>();
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                properties.Headers,
                static (headers, key, value) => headers[key] = Encoding.UTF8.GetBytes(value));
            channel.BasicPublish("orders", "placed", false, properties, body);
        }
        """),
        Setup.OpenTelemetry with { References = References.Newest });

    private const string Envelope = """

        public class Envelope
        {
            public Dictionary<string, object> Meta { get; } = [];

            public Envelope() => Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), Meta, (meta, key, value) => meta[key] = value);
        }
        """;
}
