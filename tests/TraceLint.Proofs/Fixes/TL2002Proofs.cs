using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Spans for SQS messages that are started without their context: received by a client, and by a Lambda function.</summary>
public sealed partial class TL2002Proofs : FixProofs<TL2002Proofs>
{
    private const string Receive = """
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(inbox) { MaxNumberOfMessages = 10, MessageAttributeNames = new List<string> { "All" } });
        """;

    public static Proof RulesPageResponse => new()
    {
        Code = ServiceCode.Sqs($"""
            var url = inbox;
            {RulesPage.Fixed("TL2002")[1].Replace("[\"All\"]", "[\"All\"], MaxNumberOfMessages = 10", StringComparison.Ordinal)}
            """, ServiceCode.Enricher, parameters: "IAmazonSQS sqs, string inbox"),
        Incoming = 2,
        Broken = "root(publish) | orders process(price, price)",
        Whole = "root(publish) | orders process{link to publish, link to publish}(price, price)",
    };

    public static Proof MessagesOfAResponse => Messages($$"""
        {{Receive}}
        foreach (var message in response.Messages)
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer);
            Handle(message.Body);
        }
        """);

    public static Proof CSharp7 => Messages($$"""
        {{Receive}}
        foreach (var message in response.Messages)
        {
            using (source.StartActivity("process", ActivityKind.Consumer))
            {
                Handle(message.Body);
            }
        }
        """) with { Language = LanguageVersion.CSharp7_3 };

    public static Proof HelperOfTheProject => Messages($$"""
        {{Receive}}
        foreach (var message in response.Messages)
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer);
            Handle(message.Body);
        }
        """, ServiceCode.ExtractFromAttributes);

    public static Proof HandlerOfAMessage => Messages($$"""
        {{Receive}}
        await Task.WhenAll(response.Messages.Select(ProcessAsync));
        """, """
        private static async Task ProcessAsync(Message message)
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer);
            await Task.Yield();
            Handle(message.Body);
        }
        """);

    public static Proof NullAttributes => Messages($$"""
        {{Receive}}
        foreach (var message in response.Messages.Append(new Message { Body = "by hand" }))
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer);
            Handle(message.Body);
        }
        """) with
    {
        Broken = "root(publish) | process(price) | process(price) | process(price)",
        Whole = "root(publish(>process(price), >process(price))) | process(price)",
    };

    public static Proof NoMessages => Messages($$"""
        {{Receive}}
        while (response.Messages is not null)
        {
            using var activity = source.StartActivity("batch", ActivityKind.Consumer);
            foreach (var message in response.Messages)
            {
                Handle(message.Body);
                await sqs.DeleteMessageAsync(inbox, message.ReceiptHandle);
            }

            response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(inbox) { MessageAttributeNames = new List<string> { "All" } });
        }
        """) with
    {
        Broken = "root(publish) | batch(price, price)",
        Whole = "root(publish) | batch{link to publish, link to publish}(price, price)",
    };

    public static Proof LambdaRecords => Lambda("""
        foreach (var record in sqsEvent.Records)
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer);
            Handle(record.Body);
        }
        """) with
    {
        Broken = "root(publish) | process(price) | process(price)",
        Whole = "root(publish(>process(price), >process(price)))",
    };

    public static Proof LambdaEvent => Lambda("""
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        foreach (var record in sqsEvent.Records)
        {
            Handle(record.Body);
        }
        """) with
    {
        Broken = "root(publish) | process(price, price)",
        Whole = "root(publish) | process{link to publish, link to publish}(price, price)",
    };

    public static Proof LambdaSnsRecords => new()
    {
        Code = ServiceCode.Method("IReadOnlyList<Dictionary<string, string>> arrived", """
            var records = arrived.Select(headers => new SNSEvent.SNSRecord
            {
                Sns = new SNSEvent.SNSMessage
                {
                    Message = "new",
                    MessageAttributes = headers.ToDictionary(header => header.Key, header => new SNSEvent.MessageAttribute { Value = header.Value }),
                },
            });
            typeof(Service).GetMethod("FunctionHandler")!.Invoke(null, new object[] { new SNSEvent { Records = records.ToList() } });
            """, $$"""
            public static void FunctionHandler(SNSEvent snsEvent)
            {
                foreach (var record in snsEvent.Records)
                {
                    using var activity = source.StartActivity("process", ActivityKind.Consumer);
                    Handle(record.Sns.Message);
                }
            }

            {{ServiceCode.Handle}}
            """, "using Amazon.Lambda.SNSEvents;"),
        Incoming = 2,
        Broken = "root(publish) | process(price) | process(price)",
        Whole = "root(publish(>process(price), >process(price)))",
    };

    private static Proof Messages(string statements, string members = "") => new()
    {
        Code = ServiceCode.Sqs(statements, $"{members}\n\n{ServiceCode.Handle}".TrimStart(), parameters: "IAmazonSQS sqs, string inbox"),
        Incoming = 2,
        Broken = "root(publish) | process(price) | process(price)",
        Whole = "root(publish(>process(price), >process(price)))",
    };

    // Lambda finds a function by its name.
    private static Proof Lambda(string statements) => new()
    {
        Code = ServiceCode.Method("IReadOnlyList<Dictionary<string, string>> arrived", """
            var records = arrived.Select(headers => new SQSEvent.SQSMessage
            {
                Body = "new",
                MessageAttributes = headers.ToDictionary(header => header.Key, header => new SQSEvent.MessageAttribute { StringValue = header.Value }),
            });
            typeof(Service).GetMethod("FunctionHandler")!.Invoke(null, new object[] { new SQSEvent { Records = records.ToList() } });
            """, $$"""
            public static void FunctionHandler(SQSEvent sqsEvent)
            {
            {{ServiceCode.Indent(statements, 1)}}
            }

            {{ServiceCode.Handle}}
            """, "using Amazon.Lambda.SQSEvents;"),
        Incoming = 2,
        Whole = "",
    };
}
