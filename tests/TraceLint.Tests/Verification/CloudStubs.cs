namespace TraceLint.Tests.Verification;

/// <summary>The parts of cloud message clients that cannot be restored here, with the signatures of the real ones. The one place for them.</summary>
internal static class CloudStubs
{
    /// <summary>Google.Cloud.PubSub.V1, version 3, over the real Google.Protobuf.</summary>
    public const string PubSub = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using Google.Protobuf;
        using Google.Protobuf.Collections;
        using Google.Protobuf.Reflection;

        namespace Google.Cloud.PubSub.V1
        {
            public abstract class StubbedMessage : IMessage
            {
                public MessageDescriptor Descriptor { get { return null; } }
                public int CalculateSize() { return 0; }
                public void MergeFrom(CodedInputStream input) { }
                public void WriteTo(CodedOutputStream output) { }
            }

            public sealed class PubsubMessage : StubbedMessage
            {
                private readonly MapField<string, string> attributes = new MapField<string, string>();
                public PubsubMessage() { }
                public PubsubMessage(PubsubMessage other) { }
                public ByteString Data { get; set; }
                public MapField<string, string> Attributes { get { return attributes; } }
                public string MessageId { get; set; }
                public string OrderingKey { get; set; }
                public PubsubMessage Clone() { return this; }
                public int? GetDeliveryAttempt() { return null; }
            }

            public sealed class PublishRequest : StubbedMessage
            {
                private readonly RepeatedField<PubsubMessage> messages = new RepeatedField<PubsubMessage>();
                public string Topic { get; set; }
                public TopicName TopicAsTopicName { get; set; }
                public RepeatedField<PubsubMessage> Messages { get { return messages; } }
            }

            public sealed class PublishResponse : StubbedMessage { }

            public sealed class ReceivedMessage : StubbedMessage
            {
                public string AckId { get; set; }
                public PubsubMessage Message { get; set; }
                public int DeliveryAttempt { get; set; }
            }

            public sealed class PullResponse : StubbedMessage
            {
                public RepeatedField<ReceivedMessage> ReceivedMessages { get { return null; } }
            }

            public sealed class TopicName
            {
                public TopicName(string projectId, string topicId) { }
                public static TopicName FromProjectTopic(string projectId, string topicId) { return null; }
            }

            public sealed class SubscriptionName
            {
                public SubscriptionName(string projectId, string subscriptionId) { }
                public static SubscriptionName FromProjectSubscription(string projectId, string subscriptionId) { return null; }
            }

            public sealed class CallSettings { }

            public abstract class PublisherClient
            {
                public static PublisherClient Create(TopicName topicName) { return null; }
                public static Task<PublisherClient> CreateAsync(TopicName topicName) { return null; }
                public virtual TopicName TopicName { get { return null; } }
                public virtual Task<string> PublishAsync(PubsubMessage message) { return null; }
                public virtual Task<string> PublishAsync(string orderingKey, string message, System.Text.Encoding encoding = null) { return null; }
                public virtual Task<string> PublishAsync(string message, System.Text.Encoding encoding = null) { return null; }
                public virtual Task<string> PublishAsync(string orderingKey, IMessage message) { return null; }
                public virtual Task<string> PublishAsync(IMessage message) { return null; }
                public virtual Task<string> PublishAsync(string orderingKey, ByteString message) { return null; }
                public virtual Task<string> PublishAsync(ByteString message) { return null; }
                public virtual Task<string> PublishAsync(string orderingKey, byte[] message) { return null; }
                public virtual Task<string> PublishAsync(byte[] message) { return null; }
                public virtual void ResumePublish(string orderingKey) { }
                public virtual Task ShutdownAsync(CancellationToken hardStopToken) { return null; }
            }

            public abstract class PublisherServiceApiClient
            {
                public static PublisherServiceApiClient Create() { return null; }
                public static Task<PublisherServiceApiClient> CreateAsync(CancellationToken cancellationToken = default(CancellationToken)) { return null; }
                public virtual PublishResponse Publish(PublishRequest request, CallSettings callSettings = null) { return null; }
                public virtual Task<PublishResponse> PublishAsync(PublishRequest request, CallSettings callSettings = null) { return null; }
                public virtual Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken) { return null; }
                public virtual PublishResponse Publish(string topic, IEnumerable<PubsubMessage> messages, CallSettings callSettings = null) { return null; }
                public virtual Task<PublishResponse> PublishAsync(string topic, IEnumerable<PubsubMessage> messages, CallSettings callSettings = null) { return null; }
                public virtual Task<PublishResponse> PublishAsync(string topic, IEnumerable<PubsubMessage> messages, CancellationToken cancellationToken) { return null; }
                public virtual PublishResponse Publish(TopicName topic, IEnumerable<PubsubMessage> messages, CallSettings callSettings = null) { return null; }
                public virtual Task<PublishResponse> PublishAsync(TopicName topic, IEnumerable<PubsubMessage> messages, CallSettings callSettings = null) { return null; }
                public virtual Task<PublishResponse> PublishAsync(TopicName topic, IEnumerable<PubsubMessage> messages, CancellationToken cancellationToken) { return null; }
            }

            public abstract class SubscriptionHandler
            {
                public abstract Task<SubscriberClient.Reply> HandleMessage(PubsubMessage message, CancellationToken cancellationToken);
            }

            public abstract class SubscriberClient
            {
                public enum Reply { Nack = 0, Ack = 1 }
                public static SubscriberClient Create(SubscriptionName subscriptionName) { return null; }
                public static Task<SubscriberClient> CreateAsync(SubscriptionName subscriptionName) { return null; }
                public virtual Task StartAsync(Func<PubsubMessage, CancellationToken, Task<Reply>> handlerAsync) { return null; }
                public virtual Task StartAsync(SubscriptionHandler handler) { return null; }
            }

            public abstract class SubscriberServiceApiClient
            {
                public virtual PullResponse Pull(SubscriptionName subscription, int maxMessages, CallSettings callSettings = null) { return null; }
                public virtual Task<PullResponse> PullAsync(SubscriptionName subscription, int maxMessages, CallSettings callSettings = null) { return null; }
            }
        }
        """;
}
