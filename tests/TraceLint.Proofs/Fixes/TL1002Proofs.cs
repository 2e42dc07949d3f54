using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>SQS messages that are sent without trace context.</summary>
public sealed partial class TL1002Proofs : FixProofs<TL1002Proofs>
{
    public static Proof RulesPageSingle => new()
    {
        Code = ServiceCode.Sqs(RulesPage.Fixed("TL1002")[0]),
        Broken = "root | orders",
        Whole = "root(>orders)",
    };

    public static Proof RulesPageBatch => new()
    {
        Code = ServiceCode.Sqs(RulesPage.Fixed("TL1002")[1]),
        Broken = "root | orders | orders",
        Whole = "root(>orders, >orders)",
    };

    public static Proof Request => new()
    {
        Code = ServiceCode.Sqs("""
            using var activity = source.StartActivity("send", ActivityKind.Producer);
            await sqs.SendMessageAsync(new SendMessageRequest(url, "new"));
            """),
        Broken = "root(send) | orders",
        Whole = "root(send(>orders))",
    };

    public static Proof NullAttributes => new()
    {
        Code = ServiceCode.Sqs("""
            var request = new SendMessageRequest { QueueUrl = url, MessageBody = "new", MessageAttributes = null };
            await sqs.SendMessageAsync(request);
            """),
        Broken = "root | orders",
        Whole = "root(>orders)",
    };

    public static Proof BusinessAttributes => new()
    {
        Code = ServiceCode.Sqs("""
            var request = new SendMessageRequest(url, "new")
            {
                MessageAttributes = new Dictionary<string, MessageAttributeValue>
                {
                    ["type"] = new MessageAttributeValue { DataType = "String", StringValue = "order-placed" },
                },
            };
            await sqs.SendMessageAsync(request);
            """),
        Broken = "root | orders",
        Whole = "root(>orders)",
    };

    public static Proof RequestThatIsSentTwice => new()
    {
        Code = ServiceCode.Sqs("""
            var request = new SendMessageRequest(url, "new");
            foreach (var attempt in new[] { "first", "second" })
            {
                using var activity = source.StartActivity(attempt);
                await sqs.SendMessageAsync(request);
            }
            """),
        Broken = "root(first, second) | orders | orders",
        Whole = "root(first(>orders), second(>orders))",
    };

    public static Proof BatchInALoop => new()
    {
        Code = ServiceCode.Sqs("""
            using var activity = source.StartActivity("send", ActivityKind.Producer);
            var entries = new List<SendMessageBatchRequestEntry>();
            foreach (var line in order.Lines)
            {
                entries.Add(new SendMessageBatchRequestEntry(line, line));
            }

            await sqs.SendMessageBatchAsync(new SendMessageBatchRequest(url, entries));
            """),
        Broken = "root(send) | orders | orders",
        Whole = "root(send(>orders, >orders))",
    };

    public static Proof CSharp7 => new()
    {
        Code = ServiceCode.Sqs("""await sqs.SendMessageAsync(url, "new", CancellationToken.None);"""),
        Language = LanguageVersion.CSharp7_3,
        Broken = "root | orders",
        Whole = "root(>orders)",
    };
}
