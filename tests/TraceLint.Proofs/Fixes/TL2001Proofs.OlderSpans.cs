using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

// Spans that are made before they get their parent, or before there is a message that they could get it from.
public sealed partial class TL2001Proofs
{
    private const string Print = "private static void Handle(string body) => Console.WriteLine(body);";

    public static Proof NewActivity => Received("""
        var consumed = consumer.Consume(TimeSpan.FromSeconds(20));
        using var activity = new Activity("process").Start();
        Handle(consumed.Message.Value);
        """) with { Broken = "root(publish) | process{unsampled}", Whole = "root(publish(>process))" };

    public static Proof NewActivityThatIsStartedLater => Received("""
        var consumed = consumer.Consume(TimeSpan.FromSeconds(20));
        using var activity = new Activity("process");
        activity.Start();
        Handle(consumed.Message.Value);
        """) with { Broken = "root(publish) | process{unsampled}", Whole = "root(publish(>process))" };

    public static Proof SpanBeforeTheReceive => Received("""
        using var activity = source.StartActivity("consumed");
        var result = consumer.Consume(TimeSpan.FromSeconds(20));
        Handle(result.Message.Value);
        """) with { Broken = "root(publish) | consumed", Whole = "root(publish) | consumed{link to publish}" };

    /// <summary>The second receive brings the end of the partition.</summary>
    public static Proof SpanBeforeAReceiveThatBringsNothing => Received("""
        for (var i = 0; i < 2; i++)
        {
            using var activity = source.StartActivity("consumed");
            var result = consumer.Consume(TimeSpan.FromSeconds(20));
            if (result is null || result.IsPartitionEOF)
            {
                continue;
            }

            Handle(result.Message.Value);
        }
        """) with { Broken = "root(publish) | consumed | consumed", Whole = "root(publish) | consumed{link to publish} | consumed" };

    private static Proof Received(string statements) => new()
    {
        Code = ServiceCode.Kafka(statements, Print, parameters: "IConsumer<string, string> consumer"),
        Whole = "",
    };
}
