namespace TraceLint.Tests.Verification;

/// <summary>The surroundings that the tests about consumers share, so that a test shows only its point.</summary>
internal static class ConsumerCode
{
    /// <summary>The getter of Kafka's headers, as real code writes it.</summary>
    public const string KafkaGetter = "static (headers, key) => headers.TryGetLastBytes(key, out var value) ? new[] { Encoding.UTF8.GetString(value) } : Array.Empty<string>()";

    /// <summary>The getter of SQS attributes.</summary>
    public const string SqsGetter = "static (attributes, key) => attributes != null && attributes.TryGetValue(key, out var value) ? new[] { value.StringValue } : Array.Empty<string>()";

    /// <summary>The statements of an async method with a Kafka consumer, a handler, an activity source and a tracer.</summary>
    public static string Kafka(string statements, string members = "", string usings = "using OpenTelemetry;\nusing OpenTelemetry.Context.Propagation;\nusing OpenTelemetry.Trace;\n") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Text;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Channels;
        using System.Threading.Tasks;
        using Confluent.Kafka;
        {{usings}}
        {{Rest("IConsumer<string, string> consumer", statements, members)}}
        """;

    /// <summary>The same with an SQS client.</summary>
    public static string Sqs(string statements, string members = "", string usings = "using OpenTelemetry;\nusing OpenTelemetry.Context.Propagation;\n") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Text;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using Amazon.SQS;
        using Amazon.SQS.Model;
        {{usings}}
        {{Rest("IAmazonSQS sqs, string url", statements, members)}}
        """;

    /// <summary>The statements of a method that processes a <c>message</c> of SQS.</summary>
    public static string SqsHandler(string statements, string members = "") => Sqs("await Task.Yield();", Handler("Message message", statements, members));

    /// <summary>The statements of a method that processes a <c>result</c> of Kafka.</summary>
    public static string KafkaHandler(string statements, string members = "")
        => Kafka("await Task.Yield();", Handler("ConsumeResult<string, string> result", statements, members));

    /// <summary>The statements of a method that processes a <c>delivery</c> of RabbitMQ.</summary>
    public static string RabbitHandler(string statements) => Rabbit("await Task.Yield();", Handler("BasicDeliverEventArgs delivery", statements));

    /// <summary>A Lambda function with some members.</summary>
    public static string Lambda(string members, string usings = "using Amazon.Lambda.SQSEvents;") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Threading.Tasks;
        {{usings}}
        using OpenTelemetry;
        using OpenTelemetry.Context.Propagation;

        public record Order(string Id);

        public interface IHandler { Task HandleAsync(string body); }

        public class Function(IHandler handler)
        {
            private static readonly ActivitySource source = new ActivitySource("function");

        {{KafkaCode.Indent(members, 1)}}
        }
        """;

    /// <summary>A Lambda function for the events of SNS, Kafka or Kinesis.</summary>
    public static string OtherLambda(string members) => Lambda(
        members, "using System.Text;\nusing Amazon.Lambda.KafkaEvents;\nusing Amazon.Lambda.KinesisEvents;\nusing Amazon.Lambda.SNSEvents;");

    /// <summary>A channel of RabbitMQ.Client before version 7.</summary>
    public static string Rabbit(string statements, string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenTelemetry;
        using OpenTelemetry.Context.Propagation;
        using RabbitMQ.Client;
        using RabbitMQ.Client.Events;
        {{Rest("IModel channel, AsyncEventingBasicConsumer consumer", statements, members)}}
        """;

    /// <summary>The receiving clients of Service Bus and Event Hubs.</summary>
    public static string Azure(string statements, string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using Azure.Messaging.EventHubs;
        using Azure.Messaging.EventHubs.Consumer;
        using Azure.Messaging.EventHubs.Primitives;
        using Azure.Messaging.ServiceBus;
        using OpenTelemetry;
        using OpenTelemetry.Context.Propagation;
        {{Rest("ServiceBusReceiver receiver, ServiceBusProcessor processor, EventHubConsumerClient events, PartitionReceiver partition", statements, members)}}
        """;

    /// <summary>Code with a bus of EasyNetQ.</summary>
    public static string EasyNetQ(string statements, string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using EasyNetQ;
        using EasyNetQ.Topology;
        using OpenTelemetry;
        using OpenTelemetry.Context.Propagation;
        {{Rest("IBus bus, Queue queue", statements, members)}}
        """;

    /// <summary>Code with a consumer of DotPulsar.</summary>
    public static string Pulsar(string statements, string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using DotPulsar;
        using DotPulsar.Abstractions;
        using DotPulsar.Extensions;
        using OpenTelemetry;
        using OpenTelemetry.Context.Propagation;
        {{Rest("IConsumer<string> consumer", statements, members)}}
        """;

    /// <summary>The subscribing clients of Google Pub/Sub.</summary>
    public static string PubSub(string statements, string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using Google.Cloud.PubSub.V1;
        using OpenTelemetry;
        using OpenTelemetry.Context.Propagation;
        {{Rest("SubscriberClient subscriber, SubscriberServiceApiClient api, SubscriptionName subscription", statements, members)}}
        """;

    private static string Rest(string parameters, string statements, string members) => $$"""
        public record Order(string Id);

        public interface IHandler
        {
            Task HandleAsync(string body);
            void Handle(string body);
        }

        public class Worker
        {
            private static readonly ActivitySource source = new ActivitySource("worker");
            private readonly IHandler handler = null!;

            public async Task Run({{parameters}}, bool flag, CancellationToken cancellation)
            {
                await Task.Yield();
        {{KafkaCode.Indent(statements, 2)}}
            }
        {{(members.Length > 0 ? "\n" + KafkaCode.Indent(members, 1) + "\n" : "")}}}
        """;

    private static string Handler(string parameter, string statements, string members = "") => $$"""
        public void Process({{parameter}})
        {
        {{KafkaCode.Indent(statements, 1)}}
        }

        {{members}}
        """;
}
