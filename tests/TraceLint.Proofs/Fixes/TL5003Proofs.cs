using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Spans around a publish and for a received message, whose kind is that of work inside the process.</summary>
[Unproved(Gap.UnsampledRoot, UnprovedAttribute.NotRecorded)]
public sealed class TL5003Proofs : FixProofs<TL5003Proofs>
{
    public static Proof Publish => new()
    {
        Code = ServiceCode.Kafka("""
            using var activity = source.StartActivity("orders publish");
            activity?.SetTag("kind", activity.Kind);
            await producer.ProduceAsync("orders", new Message<string, string> { Value = "new" });
            """),
        Broken = "root(orders publish{kind=Internal}) | orders",
        Whole = "root(orders publish{kind=Producer}) | orders",
    };
}
