using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Receives that do not ask for the context.</summary>
public sealed class TL2004Proofs : FixProofs<TL2004Proofs>
{
    public static Proof NoNames => Receive("new ReceiveMessageRequest(inbox) { MaxNumberOfMessages = 10 }");

    public static Proof OtherNames => Receive("""new ReceiveMessageRequest(inbox) { MaxNumberOfMessages = 10, MessageAttributeNames = new List<string> { "Type" } }""");

    public static Proof NoSuchPattern => Receive("""new ReceiveMessageRequest(inbox) { MaxNumberOfMessages = 10, MessageAttributeNames = new List<string> { "*" } }""");

    public static Proof UrlAlone => Receive("inbox") with { Incoming = 1, Broken = "root(publish) | process", Whole = "root(publish(>process))" };

    private static Proof Receive(string request) => new()
    {
        Code = ServiceCode.Sqs($$"""
            var response = await sqs.ReceiveMessageAsync({{request}});
            foreach (var message in response.Messages)
            {
                using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(message));
                Console.WriteLine(message.Body);
            }
            """, ServiceCode.ExtractFromAttributes, parameters: "IAmazonSQS sqs, string inbox"),
        Incoming = 2,
        Broken = "root(publish) | process | process",
        Whole = "root(publish(>process, >process))",
    };
}
