using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

// Without a span, for a received message inside and outside of its process span, and with few attributes left.
public sealed partial class TL1002Proofs
{
    private const string DeadLetterHelper = """
        private async Task DeadLetterAsync(Message dead)
        {
            await sqs.SendMessageAsync(new SendMessageRequest(url, dead.Body));
        }
        """;

    private const string Receive = """
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(inbox) { MessageAttributeNames = new List<string> { "All" } }, stopping);
        foreach (var received in response.Messages)
        {
        """;

    public static Proof RootWorker => Worker("IAmazonSQS sqs, string url", """await sqs.SendMessageAsync(url, "new", stopping);""") with
    {
        Broken = "root | orders",
        Whole = "root | publish(>orders{no baggage})",
    };

    public static Proof ReceivedInsideItsProcessSpan => Consumer("""
        using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(received));
        await DeadLetterAsync(received);
        """) with
    {
        Broken = "root(publish(>process)) | orders",
        Whole = "root(publish(>process(>orders{no baggage})))",
    };

    public static Proof ReceivedOutsideOfItsProcessSpan => Consumer("""
        try
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(received));
            throw new InvalidOperationException("It cannot be processed.");
        }
        catch (InvalidOperationException)
        {
            await DeadLetterAsync(received);
        }
        """) with
    {
        Broken = "root(publish(>process)) | orders",
        Whole = "root(publish(>process, >orders))",
    };

    public static Proof SevenAttributes => Attributes(7, "root(>orders)");

    public static Proof EightAttributes => Attributes(8, "root(>orders{no baggage})");

    public static Proof NineAttributes => Attributes(9, "root(>orders{no baggage, no tracestate})");

    private static Proof Attributes(int count, string whole) => new()
    {
        Code = ServiceCode.Sqs($$"""
            var request = new SendMessageRequest(url, "new")
            {
                MessageAttributes = new Dictionary<string, MessageAttributeValue>
                {
            {{string.Concat(Enumerable.Range(1, count).Select(static number => $"        [\"attribute{number}\"] = new MessageAttributeValue {{ DataType = \"String\", StringValue = \"x\" }},\n")).TrimEnd('\n')}}
                },
            };
            await sqs.SendMessageAsync(request);
            """),
        Broken = "root | orders",
        Whole = whole,
    };

    private static Proof Consumer(string statements)
        => Worker("IAmazonSQS sqs, string url, string inbox", $"{Receive}\n{ServiceCode.Indent(statements, 1)}\n}}", DeadLetterHelper);

    private static Proof Worker(string parameters, string statements, string members = "") => new()
    {
        Code = WorkerCode.Worker(parameters, statements, members, ServiceCode.ExtractFromAttributes, "using Amazon.SQS;\nusing Amazon.SQS.Model;"),
        Whole = "",
    };
}
