using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

// Spans that are started before there is a message whose context they could get.
public sealed partial class TL2002Proofs
{
    private const string Print = "private static void Handle(string body) => Console.WriteLine(body);";

    public static Proof SpanBeforeTheReceive => Received($$"""
        using var activity = source.StartActivity("received");
        {{Receive}}
        foreach (var message in response.Messages)
        {
            Handle(message.Body);
        }
        """) with { Broken = "root(publish) | received", Whole = "root(publish) | received{link to publish, link to publish}" };

    /// <summary>An empty response has no list of messages at all.</summary>
    public static Proof SpanBeforeAReceiveThatBringsNothing => Received($$"""
        for (var i = 0; i < 2; i++)
        {
            using var activity = source.StartActivity("received");
            {{Receive}}
            if (response.Messages == null)
            {
                continue;
            }

            foreach (var message in response.Messages)
            {
                Handle(message.Body);
            }
        }
        """) with { Broken = "root(publish) | received | received", Whole = "root(publish) | received{link to publish, link to publish} | received" };

    private static Proof Received(string statements) => new()
    {
        Code = ServiceCode.Sqs(statements, Print, parameters: "IAmazonSQS sqs, string inbox"),
        Incoming = 2,
        Whole = "",
    };
}
