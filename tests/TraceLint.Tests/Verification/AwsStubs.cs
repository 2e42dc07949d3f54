namespace TraceLint.Tests.Verification;

/// <summary>
/// The parts of AWS libraries that cannot be restored here, with the signatures of the real ones: SNS, version 3 of
/// SQS, Lambda's events. The one place for them.
/// </summary>
internal static class AwsStubs
{
    /// <summary>AWSSDK.SimpleNotificationService, version 4.</summary>
    public const string Sns = """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        [assembly: System.Reflection.AssemblyVersion("4.0.0.0")]

        namespace Amazon.SimpleNotificationService
        {
            using Model;

            public interface IAmazonSimpleNotificationService
            {
                PublishResponse Publish(PublishRequest request);
                PublishBatchResponse PublishBatch(PublishBatchRequest request);
                Task<PublishResponse> PublishAsync(string topicArn, string message, CancellationToken cancellationToken = default);
                Task<PublishResponse> PublishAsync(string topicArn, string message, string subject, CancellationToken cancellationToken = default);
                Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default);
                Task<PublishBatchResponse> PublishBatchAsync(PublishBatchRequest request, CancellationToken cancellationToken = default);
            }
        }

        namespace Amazon.SimpleNotificationService.Model
        {
            public class PublishResponse { }
            public class PublishBatchResponse { }

            public class MessageAttributeValue
            {
                public string DataType { get; set; }
                public string StringValue { get; set; }
            }

            public class PublishRequest
            {
                public PublishRequest() { }
                public PublishRequest(string topicArn, string message) { }
                public PublishRequest(string topicArn, string message, string subject) { }
                public string Message { get; set; }
                public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; }
                public string PhoneNumber { get; set; }
                public string Subject { get; set; }
                public string TargetArn { get; set; }
                public string TopicArn { get; set; }
            }

            public class PublishBatchRequest
            {
                public List<PublishBatchRequestEntry> PublishBatchRequestEntries { get; set; }
                public string TopicArn { get; set; }
            }

            public class PublishBatchRequestEntry
            {
                public string Id { get; set; }
                public string Message { get; set; }
                public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; }
            }
        }
        """;

    /// <summary>AWSSDK.SQS, version 3: collections are never null, and on .NET Framework there are synchronous methods.</summary>
    public const string Sqs3 = """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        [assembly: System.Reflection.AssemblyVersion("3.3.0.0")]

        namespace Amazon.SQS
        {
            using Model;

            public interface IAmazonSQS
            {
                SendMessageResponse SendMessage(string queueUrl, string messageBody);
                SendMessageResponse SendMessage(SendMessageRequest request);
                SendMessageBatchResponse SendMessageBatch(string queueUrl, List<SendMessageBatchRequestEntry> entries);
                SendMessageBatchResponse SendMessageBatch(SendMessageBatchRequest request);
                Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default);
                ReceiveMessageResponse ReceiveMessage(string queueUrl);
                ReceiveMessageResponse ReceiveMessage(ReceiveMessageRequest request);
                Task<ReceiveMessageResponse> ReceiveMessageAsync(string queueUrl, CancellationToken cancellationToken = default);
                Task<ReceiveMessageResponse> ReceiveMessageAsync(ReceiveMessageRequest request, CancellationToken cancellationToken = default);
            }
        }

        namespace Amazon.SQS.Model
        {
            public class SendMessageResponse { }
            public class SendMessageBatchResponse { }
            public class Message
            {
                public Dictionary<string, string> Attributes { get; set; } = new Dictionary<string, string>();
                public string Body { get; set; }
                public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = new Dictionary<string, MessageAttributeValue>();
                public string ReceiptHandle { get; set; }
            }

            public class ReceiveMessageResponse
            {
                public List<Message> Messages { get; set; } = new List<Message>();
            }

            public class ReceiveMessageRequest
            {
                public ReceiveMessageRequest() { }
                public ReceiveMessageRequest(string queueUrl) { }
                public List<string> AttributeNames { get; set; } = new List<string>();
                public List<string> MessageAttributeNames { get; set; } = new List<string>();
                public string QueueUrl { get; set; }
            }

            public class MessageAttributeValue
            {
                public string DataType { get; set; }
                public string StringValue { get; set; }
            }

            public class SendMessageRequest
            {
                public SendMessageRequest() { }
                public SendMessageRequest(string queueUrl, string messageBody) { }
                public string MessageBody { get; set; }
                public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = new Dictionary<string, MessageAttributeValue>();
                public string QueueUrl { get; set; }
            }

            public class SendMessageBatchRequest
            {
                public List<SendMessageBatchRequestEntry> Entries { get; set; } = new List<SendMessageBatchRequestEntry>();
                public string QueueUrl { get; set; }
            }

            public class SendMessageBatchRequestEntry
            {
                public string Id { get; set; }
                public string MessageBody { get; set; }
                public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = new Dictionary<string, MessageAttributeValue>();
            }
        }
        """;

    /// <summary>Amazon.Lambda.SQSEvents.</summary>
    public const string Lambda = """
        using System.Collections.Generic;

        namespace Amazon.Lambda.SQSEvents
        {
            public class SQSEvent
            {
                public List<SQSMessage> Records { get; set; }

                public class SQSMessage
                {
                    public Dictionary<string, string> Attributes { get; set; }
                    public string Body { get; set; }
                    public Dictionary<string, MessageAttribute> MessageAttributes { get; set; }
                }

                public class MessageAttribute
                {
                    public string DataType { get; set; }
                    public string StringValue { get; set; }
                }
            }
        }
        """;

    /// <summary>Amazon.Lambda.SNSEvents.</summary>
    public const string LambdaSns = """
        using System.Collections.Generic;

        namespace Amazon.Lambda.SNSEvents
        {
            public class SNSEvent
            {
                public IList<SNSRecord> Records { get; set; }

                public class SNSRecord
                {
                    public string EventSource { get; set; }
                    public SNSMessage Sns { get; set; }
                }

                public class SNSMessage
                {
                    public string Message { get; set; }
                    public IDictionary<string, MessageAttribute> MessageAttributes { get; set; }
                    public string Subject { get; set; }
                }

                public class MessageAttribute
                {
                    public string Type { get; set; }
                    public string Value { get; set; }
                }
            }
        }
        """;

    /// <summary>Amazon.Lambda.KafkaEvents.</summary>
    public const string LambdaKafka = """
        using System.Collections.Generic;
        using System.IO;

        namespace Amazon.Lambda.KafkaEvents
        {
            public class KafkaEvent
            {
                public string EventSource { get; set; }
                public IDictionary<string, IList<KafkaEventRecord>> Records { get; set; }

                public class KafkaEventRecord
                {
                    public string Topic { get; set; }
                    public string Key { get; set; }
                    public MemoryStream Value { get; set; }
                    public IList<IDictionary<string, sbyte[]>> Headers { get; set; }
                }
            }
        }
        """;

    /// <summary>Amazon.Lambda.KinesisEvents.</summary>
    public const string LambdaKinesis = """
        using System.Collections.Generic;
        using System.IO;

        namespace Amazon.Lambda.KinesisEvents
        {
            public class KinesisEvent
            {
                public IList<KinesisEventRecord> Records { get; set; }

                public class Record
                {
                    public MemoryStream Data { get; set; }
                    public string PartitionKey { get; set; }
                }

                public class KinesisEventRecord
                {
                    public string EventId { get; set; }
                    public Record Kinesis { get; set; }
                }
            }
        }
        """;

    /// <summary>AWSSDK.EventBridge, version 4.</summary>
    public const string EventBridge = """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Amazon.EventBridge
        {
            public interface IAmazonEventBridge
            {
                Task<Model.PutEventsResponse> PutEventsAsync(Model.PutEventsRequest request, CancellationToken cancellationToken = default(CancellationToken));
            }

            public class AmazonEventBridgeClient : IAmazonEventBridge
            {
                public virtual Task<Model.PutEventsResponse> PutEventsAsync(Model.PutEventsRequest request, CancellationToken cancellationToken = default(CancellationToken)) { return null; }
            }
        }

        namespace Amazon.EventBridge.Model
        {
            public class PutEventsRequest
            {
                public List<PutEventsRequestEntry> Entries { get; set; }
                public string EndpointId { get; set; }
            }

            public class PutEventsRequestEntry
            {
                public string Detail { get; set; }
                public string DetailType { get; set; }
                public string EventBusName { get; set; }
                public string Source { get; set; }
                public string TraceHeader { get; set; }
            }

            public class PutEventsResponse { }
        }
        """;

    /// <summary>AWSSDK.Kinesis, version 4.</summary>
    public const string Kinesis = """
        using System.Collections.Generic;
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Amazon.Kinesis
        {
            public interface IAmazonKinesis
            {
                Task<Model.PutRecordResponse> PutRecordAsync(Model.PutRecordRequest request, CancellationToken cancellationToken = default(CancellationToken));
                Task<Model.PutRecordsResponse> PutRecordsAsync(Model.PutRecordsRequest request, CancellationToken cancellationToken = default(CancellationToken));
            }
        }

        namespace Amazon.Kinesis.Model
        {
            public class PutRecordRequest
            {
                public MemoryStream Data { get; set; }
                public string PartitionKey { get; set; }
                public string StreamName { get; set; }
            }

            public class PutRecordsRequest
            {
                public List<PutRecordsRequestEntry> Records { get; set; }
                public string StreamName { get; set; }
            }

            public class PutRecordsRequestEntry
            {
                public MemoryStream Data { get; set; }
                public string PartitionKey { get; set; }
            }

            public class PutRecordResponse { }
            public class PutRecordsResponse { }
        }
        """;
}
