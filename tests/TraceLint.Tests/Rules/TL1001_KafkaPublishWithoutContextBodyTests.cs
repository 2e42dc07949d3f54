using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>A type of the project into whose dictionary the project writes the context carries it in the body.</summary>
public class TL1001_KafkaPublishWithoutContextBodyTests
{
    private const string Types = """

        public class CloudEvent
        {
            public string Type { get; set; } = "";
            [System.Text.Json.Serialization.JsonExtensionData]
            public Dictionary<string, object> Extensions { get; set; } = new();
            public object? this[string name] { get => null; set { } }
        }

        public class Invoice
        {
            public string Id { get; set; } = "";
            [System.Text.Json.Serialization.JsonExtensionData]
            public Dictionary<string, object> Rest { get; set; } = new();
        }

        """;

    private static Task Verify(string payload, string write, bool isReported) => Verify<TL1001_KafkaPublishWithoutContext>.Rule(Method(
        $$"""
        var cloudEvent = Create(order.Id);
        var invoice = new Invoice();
        await producer.{{(isReported ? "[|ProduceAsync|]" : "ProduceAsync")}}("orders", new Message<string, string> { Value = {{payload}} });
        """,
        $$"""
        private static CloudEvent Create(string type)
        {
            var created = new CloudEvent { Type = type };
            return created;
        }

        private static void Write(CloudEvent written, Dictionary<string, string> other)
        {
            {{write}}
        }
        """) + Types);

    private const string Event = "JsonSerializer.Serialize(cloudEvent)";

    [Theory]
    [InlineData("written.Extensions[\"traceparent\"] = Activity.Current!.Id!;")]
    [InlineData("written.Extensions.Add(\"traceparent\", Activity.Current!.Id!);")]
    [InlineData("var extensions = written.Extensions; extensions.TryAdd(\"traceparent\", Activity.Current!.Id!);")]
    [InlineData("var made = new CloudEvent { Extensions = { [\"traceparent\"] = Activity.Current!.Id! } };")]
    [InlineData("var made = new CloudEvent { Extensions = new() { [\"traceparent\"] = Activity.Current!.Id! } };")]
    [InlineData("written[\"traceparent\"] = Activity.Current!.Id!;")]
    public Task ContextWrittenIntoTheBody(string write) => Verify(Event, write, isReported: false);

    [Theory]
    [InlineData("written.Extensions[\"tenant\"] = \"1\";")]
    [InlineData("other[\"traceparent\"] = Activity.Current!.Id!;")]
    public Task NoContextWrittenIntoTheBody(string write) => Verify(Event, write, isReported: true);

    [Theory]
    [InlineData("JsonSerializer.Serialize(invoice)")]
    [InlineData("cloudEvent.Type")]
    [InlineData("order.Id")]
    public Task OtherBody(string payload) => Verify(payload, "written.Extensions[\"traceparent\"] = Activity.Current!.Id!;", isReported: true);
}
