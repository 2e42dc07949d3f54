using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

// Without a span, and for a received message inside and outside of the span that it is processed in.
public sealed partial class TL1001Proofs
{
    private const string DeadLetterHelper = """
        private void DeadLetter(ConsumeResult<string, string> dead)
            => producer.Produce("orders", new Message<string, string> { Value = dead.Message.Value });
        """;

    public static Proof RootWorker => Worker("""
        foreach (var attempt in new[] { "first", "second" })
        {
            await producer.ProduceAsync("orders", new Message<string, string> { Value = attempt });
        }
        """) with
    {
        Broken = "root | orders | orders",
        Whole = "root | publish orders(>orders{no baggage}) | publish orders(>orders{no baggage})",
    };

    public static Proof ReceivedInsideItsProcessSpan => Consumer("""
        var result = consumer.Consume(stopping);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(result.Message.Headers));
        DeadLetter(result);
        """) with
    {
        Broken = "root(publish(>process)) | orders",
        Whole = "root(publish(>process(>orders{no baggage})))",
    };

    public static Proof ReceivedOutsideOfItsProcessSpan => Consumer("""
        var result = consumer.Consume(stopping);
        try
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(result.Message.Headers));
            throw new InvalidOperationException("It cannot be processed.");
        }
        catch (InvalidOperationException)
        {
            DeadLetter(result);
        }
        """) with
    {
        Broken = "root(publish(>process)) | orders",
        Whole = "root(publish(>process, >orders))",
    };

    public static Proof ReceivedAndTakenByAPattern => Consumer("""
        if (consumer.Consume(stopping) is { Message: { Value: var text } } result)
        {
            await producer.ProduceAsync("orders", new Message<string, string> { Value = text });
        }
        """, members: "") with
    {
        Broken = "root(publish) | orders",
        Whole = "root(publish(>orders))",
    };

    public static Proof RowOfAnOutbox => Consumer("""
        var result = consumer.Consume(stopping);
        Save(result);
        foreach (var row in System.Text.Json.JsonSerializer.Deserialize<List<Row>>(System.IO.File.ReadAllText(table)))
        {
            await producer.ProduceAsync("orders", new Message<string, string> { Value = row.Payload });
        }
        """, members: """"
        private readonly string table = System.IO.Path.GetTempFileName();

        private void Save(ConsumeResult<string, string> result)
        {
            var headers = result.Message.Headers;
            var (parent, state) = (Encoding.UTF8.GetString(headers.GetLastBytes("traceparent")), Encoding.UTF8.GetString(headers.GetLastBytes("tracestate")));
            System.IO.File.WriteAllText(table, $$"""[{"Payload":"{{result.Message.Value}}","TraceParent":"{{parent}}","TraceState":"{{state}}"}]""");
        }

        private sealed class Row
        {
            public string Payload { get; set; } = "";
            public string TraceParent { get; set; } = "";
            public string TraceState { get; set; } = "";
        }
        """") with
    {
        Broken = "root(publish) | orders",
        Whole = "root(publish(>orders{no baggage}))",
    };

    private static Proof Worker(string statements) => new()
    {
        Code = WorkerCode.Worker("IProducer<string, string> producer", statements, usings: "using Confluent.Kafka;"),
        Whole = "",
    };

    private static Proof Consumer(string statements, string members = DeadLetterHelper) => new()
    {
        Code = WorkerCode.Worker(
            "IProducer<string, string> producer, IConsumer<string, string> consumer", statements, members, ServiceCode.ExtractFromHeaders, "using Confluent.Kafka;"),
        Whole = "",
    };
}
