using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Consumers that are configured to drop the headers.</summary>
public sealed class TL2005Proofs : FixProofs<TL2005Proofs>
{
    public static Proof Config => Consumer("""var config = new ConsumerConfig { BootstrapServers = bootstrapServers, GroupId = "orders", ConsumeResultFields = "topic" };""");

    public static Proof Nothing => Consumer("""var config = new ConsumerConfig { BootstrapServers = bootstrapServers, GroupId = "orders", ConsumeResultFields = "none" };""");

    public static Proof Setting => Consumer("""
        var config = new Dictionary<string, string>
        {
            ["bootstrap.servers"] = bootstrapServers,
            ["group.id"] = "orders",
            ["dotnet.consumer.consume.result.fields"] = "timestamp,topic",
        };
        """);

    private static Proof Consumer(string config) => new()
    {
        Code = ServiceCode.Kafka($"""
            {config}
            using var consumer = new ConsumerBuilder<string, string>(config).Build();
            consumer.Assign(new TopicPartitionOffset(incoming, 0, 0));
            var result = consumer.Consume(cancellation);
            using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(result.Message.Headers));
            """, ServiceCode.ExtractFromHeaders, parameters: "string bootstrapServers, string incoming, CancellationToken cancellation"),
        Broken = "root(publish) | process",
        Whole = "root(publish(>process))",
    };
}
