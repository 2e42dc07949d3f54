namespace TraceLint.Tests.Verification;

/// <summary>The surroundings that the tests of TL1003 share: one transport each, with an order and OpenTelemetry at hand.</summary>
internal static class TransportCode
{
    /// <summary>What a propagator of System.Diagnostics or OpenTelemetry is given as the current context.</summary>
    public const string Context = "new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current)";

    /// <summary>The statements of an async method with a channel of RabbitMQ.Client before version 7.</summary>
    public static string Rabbit(string statements, string members = "")
        => Method("using RabbitMQ.Client;\nusing RabbitMQ.Client.Events;", "IModel channel, byte[] body", statements, members);

    /// <summary>The same with a client of MQTTnet 5.</summary>
    public static string Mqtt(string statements, string members = "")
        => Method("using MQTTnet;\nusing MQTTnet.Formatter;\nusing MQTTnet.Packets;", "IMqttClient client", statements, members);

    /// <summary>The same with both clients of MQTTnet 4.</summary>
    public static string Mqtt4(string statements, string members = "")
        => Method(
            "using MQTTnet;\nusing MQTTnet.Client;\nusing MQTTnet.Extensions.ManagedClient;\nusing MQTTnet.Formatter;\nusing MQTTnet.Packets;",
            "IMqttClient client, IManagedMqttClient managed", statements, members);

    /// <summary>The same with a connection and a stream of NATS.Client 1.</summary>
    public static string Nats(string statements, string members = "")
        => Method("using NATS.Client;\nusing NATS.Client.JetStream;", "IConnection connection, IJetStream stream, byte[] data", statements, members);

    /// <summary>The same with both publishing clients of Google Pub/Sub.</summary>
    public static string PubSub(string statements, string members = "")
        => Method(
            "using Google.Cloud.PubSub.V1;\nusing Google.Protobuf;",
            "PublisherClient publisher, PublisherServiceApiClient api, TopicName topic, string json",
            statements, members);

    /// <summary>The same with a bus of EasyNetQ.</summary>
    public static string EasyNetQ(string statements, string members = "")
        => Method("using EasyNetQ;\nusing EasyNetQ.Interception;\nusing EasyNetQ.Topology;", "IBus bus, IAdvancedBus advanced, Exchange exchange, byte[] body", statements, members);

    /// <summary>The same with producers of DotPulsar.</summary>
    public static string Pulsar(string statements, string members = "")
        => Method(
            "using DotPulsar;\nusing DotPulsar.Abstractions;\nusing DotPulsar.Extensions;",
            "IProducer<string> producer, IProducer<ReadOnlySequence<byte>> bytes, string json",
            statements, members);

    /// <summary>The same with clients of EventBridge and Kinesis.</summary>
    public static string AwsPayloads(string statements, string members = "")
        => Method(
            "using System.IO;\nusing Amazon.EventBridge;\nusing Amazon.EventBridge.Model;\nusing Amazon.Kinesis;\nusing Amazon.Kinesis.Model;",
            "IAmazonEventBridge events, IAmazonKinesis kinesis, string json",
            statements, members);

    /// <summary>The same with a database of StackExchange.Redis.</summary>
    public static string Redis(string statements, string members = "")
        => Method("using StackExchange.Redis;", "IDatabase database, string json", statements, members);

    public static string Method(string usings, string parameters, string statements, string members) => $$"""
        using System;
        using System.Buffers;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Text;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenTelemetry;
        using OpenTelemetry.Context.Propagation;
        {{usings}}

        public record Order(string Id, string[] Lines);

        public class Sample
        {
            private static readonly ActivitySource source = new("sample");

            public async Task Send({{parameters}}, Order order, bool flag, CancellationToken cancellation)
            {
                await Task.Yield();
        {{KafkaCode.Indent(statements, 2)}}
            }
        {{(members.Length > 0 ? "\n" + KafkaCode.Indent(members, 1) + "\n" : "")}}}
        """;
}
