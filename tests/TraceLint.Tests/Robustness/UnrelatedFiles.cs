namespace TraceLint.Tests.Robustness;

/// <summary>
/// Files that have to do with tracing and with nothing else in the project they are added to, one for each kind of code that once
/// silenced a rule in the whole project.
/// </summary>
internal static class UnrelatedFiles
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Threading;
        using System.Threading.Tasks;

        """;

    public static readonly IReadOnlyList<(string Name, string Source)> All =
    [
        ("InjectsIntoHttpHeaders.cs", Usings + """
            namespace Unrelated.Http
            {
                public static class Calls
                {
                    public static void Get(System.Net.Http.HttpClient client)
                    {
                        var headers = new Dictionary<string, string>();
                        DistributedContextPropagator.Current.Inject(Activity.Current, headers, (to, name, value) => ((Dictionary<string, string>)to)[name] = value);
                        var request = new System.Net.Http.HttpRequestMessage();
                        foreach (var header in headers)
                        {
                            request.Headers.Add(header.Key, header.Value);
                        }

                        client.SendAsync(request);
                    }
                }
            }
            """),
        ("InjectsIntoEnvironment.cs", Usings + """
            namespace Unrelated.Processes
            {
                public static class Calls
                {
                    public static void Start(ProcessStartInfo start)
                        => DistributedContextPropagator.Current.Inject(Activity.Current, start.Environment, (to, name, value) => ((IDictionary<string, string>)to)[name] = value);
                }
            }
            """),
        ("InjectsIntoRabbitProperties.cs", Usings + """
            namespace Unrelated.Rabbit
            {
                public static class Calls
                {
                    public static void Notify(RabbitMQ.Client.IModel channel)
                    {
                        var headers = new Dictionary<string, object>();
                        DistributedContextPropagator.Current.Inject(Activity.Current, headers, (to, name, value) => ((Dictionary<string, object>)to)[name] = value);
                        var properties = channel.CreateBasicProperties();
                        properties.Headers = headers;
                        channel.BasicPublish("notices", "all", false, properties, new byte[] { 1 });
                    }
                }
            }
            """),
        ("InjectsIntoAnEnvelope.cs", Usings + """
            namespace Unrelated.Envelopes
            {
                public sealed class Letter
                {
                    public Dictionary<string, string> Stamps { get; } = new Dictionary<string, string>();

                    public void Seal()
                        => DistributedContextPropagator.Current.Inject(Activity.Current, Stamps, (to, name, value) => ((Dictionary<string, string>)to)[name] = value);
                }
            }
            """),
        ("RestoresTheCurrentActivity.cs", Usings + """
            namespace Unrelated.Restoring
            {
                public static class Calls
                {
                    public static void Detached(Action work)
                    {
                        var previous = Activity.Current;
                        Activity.Current = null;
                        try
                        {
                            work();
                        }
                        finally
                        {
                            Activity.Current = previous;
                        }
                    }
                }
            }
            """),
        ("CountsMessages.cs", Usings + """
            using Confluent.Kafka;

            namespace Unrelated.Kafka
            {
                public sealed class CountingProducer<K, V> : IProducer<K, V>
                {
                    private readonly IProducer<K, V> inner;
                    private int count;

                    public CountingProducer(IProducer<K, V> inner) => this.inner = inner;
                    public Handle Handle => inner.Handle;
                    public string Name => inner.Name;
                    public Task<DeliveryResult<K, V>> ProduceAsync(string topic, Message<K, V> message, CancellationToken cancellation) { count++; return inner.ProduceAsync(topic, message, cancellation); }
                    public Task<DeliveryResult<K, V>> ProduceAsync(TopicPartition partition, Message<K, V> message, CancellationToken cancellation) { count++; return inner.ProduceAsync(partition, message, cancellation); }
                    public void Produce(string topic, Message<K, V> message, Action<DeliveryReport<K, V>> handler) { count++; inner.Produce(topic, message, handler); }
                    public void Produce(TopicPartition partition, Message<K, V> message, Action<DeliveryReport<K, V>> handler) { count++; inner.Produce(partition, message, handler); }
                    public int Poll(TimeSpan timeout) => inner.Poll(timeout);
                    public int Flush(TimeSpan timeout) => inner.Flush(timeout);
                    public void Flush(CancellationToken cancellation) => inner.Flush(cancellation);
                    public void InitTransactions(TimeSpan timeout) => inner.InitTransactions(timeout);
                    public void BeginTransaction() => inner.BeginTransaction();
                    public void CommitTransaction(TimeSpan timeout) => inner.CommitTransaction(timeout);
                    public void CommitTransaction() => inner.CommitTransaction();
                    public void AbortTransaction(TimeSpan timeout) => inner.AbortTransaction(timeout);
                    public void AbortTransaction() => inner.AbortTransaction();
                    public void SendOffsetsToTransaction(IEnumerable<TopicPartitionOffset> offsets, IConsumerGroupMetadata group, TimeSpan timeout) => inner.SendOffsetsToTransaction(offsets, group, timeout);
                    public int AddBrokers(string brokers) => inner.AddBrokers(brokers);
                    public void SetSaslCredentials(string username, string password) => inner.SetSaslCredentials(username, password);
                    public void Dispose() => inner.Dispose();
                }
            }
            """),
        ("ReadsHeadersInASerializer.cs", Usings + """
            using Confluent.Kafka;

            namespace Unrelated.Serializers
            {
                public sealed class Texts : ISerializer<string>
                {
                    public byte[] Serialize(string data, SerializationContext context)
                        => context.Headers != null && context.Headers.TryGetLastBytes("encoding", out var encoding) ? encoding : System.Text.Encoding.UTF8.GetBytes(data);
                }
            }
            """),
        ("CountsSqsMessages.cs", Usings + """
            using Amazon.SQS;
            using Amazon.SQS.Model;

            namespace Unrelated.Sqs
            {
                public sealed class CountingSqs : AmazonSQSClient
                {
                    private int count;

                    public override Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellation = default(CancellationToken))
                    {
                        count++;
                        return base.SendMessageAsync(request, cancellation);
                    }
                }
            }
            """),
        ("LogsTheTraceId.cs", Usings + """
            namespace Unrelated.Logs
            {
                public sealed class Problem
                {
                    public string Title { get; set; }
                    public IDictionary<string, object> Extensions { get; } = new Dictionary<string, object>();
                }

                public static class Endpoints
                {
                    public static Problem Failed(string reason)
                    {
                        var context = Activity.Current?.Context ?? default(ActivityContext);
                        var id = Activity.Current?.TraceId.ToString();
                        Console.WriteLine("{0} {1}", reason, id);
                        var problem = new Problem { Title = reason };
                        problem.Extensions["traceId"] = id;
                        return problem;
                    }
                }
            }
            """),
        ("HasATraceId.cs", Usings + """
            namespace Unrelated.Models
            {
                public sealed class AuditRow
                {
                    public string Key { get; set; }
                    public string TraceId { get; set; }
                    public string TraceParent { get; set; }
                    public static AuditRow Of(string key) => new AuditRow { Key = key, TraceId = Activity.Current?.TraceId.ToString(), TraceParent = Activity.Current?.Id };
                }
            }
            """),
    ];
}
