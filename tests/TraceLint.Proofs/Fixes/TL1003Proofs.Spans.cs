using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

// Without a span, and for a received message inside and outside of the span that it is processed in.
public sealed partial class TL1003Proofs
{
    private const string Extract = """
        private static ActivityContext Extract(BasicDeliverEventArgs delivered)
        {
            ActivityContext.TryParse(Text(delivered, "traceparent"), Text(delivered, "tracestate"), isRemote: true, out var parent);
            return parent;
        }

        private static string? Text(BasicDeliverEventArgs delivered, string name)
            => delivered.BasicProperties.Headers.TryGetValue(name, out var value) ? Encoding.UTF8.GetString((byte[])value) : null;
        """;

    private const string DeadLetterHelper = """
        private void DeadLetter(BasicDeliverEventArgs dead)
        {
            var properties = channel.CreateBasicProperties();
            channel.BasicPublish("", "orders", properties, dead.Body);
        }
        """;

    public static Proof RabbitRootWorker => Worker("IModel channel", """
        var properties = channel.CreateBasicProperties();
        channel.BasicPublish("", "orders", properties, Encoding.UTF8.GetBytes(json));
        """, "using RabbitMQ.Client;") with
    {
        Broken = "root | orders",
        Whole = "root | publish orders(>orders{no baggage})",
    };

    public static Proof MqttRootWorker => Worker("IMqttClient mqtt", """
        await mqtt.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("orders").WithPayload(json).Build());
        """, "using MQTTnet;") with
    {
        Broken = "root | orders",
        Whole = "root | publish(>orders{no baggage})",
    };

    public static Proof RabbitReceivedInsideItsProcessSpan => Consumer("""
        using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(delivered));
        DeadLetter(delivered);
        """) with
    {
        Broken = "root(publish(>process)) | orders",
        Whole = "root(publish(>process(>orders{no baggage})))",
    };

    public static Proof RabbitReceivedOutsideOfItsProcessSpan => Consumer("""
        using (source.StartActivity("process", ActivityKind.Consumer, Extract(delivered)))
        {
        }

        DeadLetter(delivered);
        """) with
    {
        Broken = "root(publish(>process)) | orders",
        Whole = "root(publish(>process, >orders))",
    };

    private static Proof Consumer(string statements)
        => Worker("IModel channel, BasicDeliverEventArgs delivered", statements, "using RabbitMQ.Client;\nusing RabbitMQ.Client.Events;", DeadLetterHelper, Extract);

    private static Proof Worker(string parameters, string statements, string usings, string members = "", string outerMembers = "") => new()
    {
        Code = WorkerCode.Worker(parameters, statements, members, outerMembers, usings),
        Whole = "",
    };
}
