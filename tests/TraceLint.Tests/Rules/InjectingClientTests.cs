using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>A decorator, a proxy or a serializer silences a publish only when it is one of that producer's, and may inject.</summary>
public class InjectingClientTests
{
    private const string Reported = """producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id });""";
    private const string Silent = """producer.Produce("orders", new Message<string, string> { Value = order.Id });""";

    // The producer's other members are of no interest.
    private static Task Verify(string source) => Verify<TL1001_KafkaPublishWithoutContext>.Rule(source, Setup.OpenTelemetry with { Broken = true });

    private static string Decorator(string body, string members = "", string types = "string, string") => $$"""

        public class Around(IProducer<{{types}}> inner) : IProducer<{{types}}>
        {
            private int _count;

            public void Produce(string topic, Message<{{types}}> message, Action<DeliveryReport<{{types}}>>? handler = null)
            {
                {{body}}
                inner.Produce(topic, message, handler);
            }

            {{members}}
        }

        """;

    [Theory]
    [InlineData("_count++;")]
    [InlineData("_count += message.Headers?.Count ?? 0;")]
    [InlineData("Console.WriteLine($\"{topic} {message.Key}\");")]
    [InlineData("message.Headers ??= new Headers(); message.Headers.Add(\"sender\", new byte[] { 1 });")]
    [InlineData("using var activity = new ActivitySource(\"x\").StartActivity(\"produce\"); activity?.SetTag(\"topic\", topic);")]
    [InlineData("Count();")]
    public Task DecoratorThatInjectsNothing_IsReported(string body) => Verify(Method(Reported) + Decorator(body, "private void Count() => _count++;"));

    [Theory]
    [InlineData("Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, (h, key, value) => h.Add(key, Encoding.UTF8.GetBytes(value)));")]
    [InlineData("Add(message);")]
    [InlineData("message.Headers.Add(\"traceparent\", Encoding.UTF8.GetBytes(Activity.Current!.Id!));")]
    [InlineData("message.Headers = new Headers { { \"traceparent\", Encoding.UTF8.GetBytes(Activity.Current!.Id!) } };")]
    [InlineData("foreach (var (key, value) in Pairs()) { message.Headers.Add(key, Encoding.UTF8.GetBytes(value)); }")]
    [InlineData("_enricher.Enrich(message);")]
    public Task DecoratorThatMayInject_IsSilent(string body) => Verify(Traced(Silent) + Decorator(body, """
        private readonly IEnricher _enricher = null!;
        private static IEnumerable<(string, string)> Pairs() => [];
        private static void Add(Message<string, string> message) => Deeper(message.Headers ??= new Headers());
        private static void Deeper(Headers headers) => DistributedContextPropagator.Current.Inject(Activity.Current, headers, (_, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
        """) + "public interface IEnricher { void Enrich(Message<string, string> message); }");

    [Fact]
    public Task DecoratorOfOtherTypes_IsReported()
        => Verify(Method(Reported) + Decorator("message.Headers.Add(\"traceparent\", new byte[] { 1 });", types: "int, Order"));

    [Fact]
    public Task DecoratorOfAnyTypes_IsSilent() => Verify(Method(Silent)
        + Decorator("message.Headers.Add(\"traceparent\", new byte[] { 1 });", types: "TKey, TValue").Replace("class Around(", "class Around<TKey, TValue>(", StringComparison.Ordinal));

    [Theory]
    [InlineData("var type = context.Headers.TryGetLastBytes(\"type\", out var bytes);", "[|Produce|]")]
    [InlineData("var parent = context.Headers.TryGetLastBytes(\"traceparent\", out var bytes);", "[|Produce|]")]
    [InlineData("var count = context.Headers.Count;", "[|Produce|]")]
    [InlineData("context.Headers.Add(\"type\", new byte[] { 1 });", "[|Produce|]")]
    [InlineData("context.Headers.Add(\"traceparent\", new byte[] { 1 });", "Produce")]
    [InlineData("Stamp(context.Headers);", "Produce")]
    [InlineData("Stamp(context);", "Produce")]
    public Task Serializer(string body, string produce) => Verify(Method(Silent.Replace("Produce", produce, StringComparison.Ordinal)) + SerializerOf("string", "Writing", body));

    [Fact]
    public Task SecondSerializerInjects_IsSilent() => Verify(Method(Silent)
        + SerializerOf("string", "First", "var count = context.Headers.Count;") + SerializerOf("string", "Second", "context.Headers.Add(\"traceparent\", new byte[] { 1 });"));

    [Fact]
    public Task SerializerOfAnotherType_IsReported()
        => Verify(Method(Reported) + SerializerOf("Order", "Writing", "context.Headers.Add(\"traceparent\", new byte[] { 1 });"));

    [Theory]
    [InlineData("new ProducerBuilder<string, string>(new ProducerConfig()).SetValueSerializer(new Injecting()).Build()", "Produce")]
    [InlineData("new ProducerBuilder<string, string>(new ProducerConfig()).SetKeySerializer(new Injecting()).Build()", "Produce")]
    [InlineData("new ProducerBuilder<string, string>(new ProducerConfig()).SetValueSerializer(Factory()).Build()", "Produce")]
    [InlineData("new ProducerBuilder<string, string>(new ProducerConfig()).SetValueSerializer(new Plain()).Build()", "[|Produce|]")]
    [InlineData("new ProducerBuilder<string, string>(new ProducerConfig()).Build()", "[|Produce|]")]
    public Task SerializerOfTheProducerThatIsSeen(string built, string produce) => Verify(Method(
        $$"""_built.{{produce}}("orders", new Message<string, string> { Value = order.Id });""",
        $"private readonly IProducer<string, string> _built = {built}; private static ISerializer<string> Factory() => new Injecting();")
            + SerializerOf("string", "Injecting", "context.Headers.Add(\"traceparent\", new byte[] { 1 });") + SerializerOf("string", "Plain", ""));

    [Theory]
    [InlineData("calls++;", "[|Produce|]")]
    [InlineData("((Message<string, string>)args![1]!).Headers.Add(\"traceparent\", new byte[] { 1 });", "Produce")]
    public Task Proxy(string body, string produce) => Verify(Method(Silent.Replace("Produce", produce, StringComparison.Ordinal)) + $$"""

        public class Proxy : System.Reflection.DispatchProxy
        {
            private static int calls;
            protected override object? Invoke(System.Reflection.MethodInfo? target, object?[]? args)
            {
                {{body}}
                return target?.Invoke(null, args);
            }
        }
        """);

    private static string SerializerOf(string type, string name, string body) => $$"""

        public class {{name}} : ISerializer<{{type}}>
        {
            public byte[] Serialize({{type}} data, SerializationContext context)
            {
                {{body}}
                return new byte[] { 1 };
            }

            private static void Stamp(SerializationContext context) => Stamp(context.Headers);
            private static void Stamp(Headers headers) => headers.Add("traceparent", new byte[] { 1 });
        }

        """;
}
