using System.Reflection;
using Amazon.SQS;
using Azure.Messaging.ServiceBus;
using Confluent.Kafka;
using Google.Cloud.PubSub.V1;
using MQTTnet;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace TraceLint.Proofs.Parts;

/// <summary>Something that a program receives messages from.</summary>
internal interface IInlet
{
    Task SendAsync(string body, IEnumerable<(string Key, string Value)> headers);
}

/// <summary>
/// What a program may ask for by the parameters of its method, and what is made only for a program that does:
/// <list type="table">
/// <item><term>IProducer&lt;string, string&gt;</term><description>a producer</description></item>
/// <item><term>string bootstrapServers</term><description>where a producer or consumer of the program's own connects to</description></item>
/// <item><term>IConsumer&lt;string, string&gt;</term><description>a consumer that has been assigned the topic "incoming"</description></item>
/// <item><term>ConsumeResult&lt;string, string&gt;</term><description>a message of that topic</description></item>
/// <item><term>string incoming</term><description>the name of that topic</description></item>
/// <item><term>IAmazonSQS</term><description>a client</description></item>
/// <item><term>string url</term><description>of a queue called "orders"</description></item>
/// <item><term>string inbox</term><description>the URL of a queue with messages</description></item>
/// <item><term>IReadOnlyList&lt;Dictionary&lt;string, string&gt;&gt;</term><description>the headers of messages of no library</description></item>
/// <item><term>BasicDeliverEventArgs</term><description>a message of RabbitMQ.Client 6</description></item>
/// <item><term>IBasicProperties</term><description>properties without headers, which are stubs</description></item>
/// <item><term>IMqttClient</term><description>a client that is connected</description></item>
/// <item><term>IModel</term><description>a channel of RabbitMQ.Client 6, which is a stub</description></item>
/// <item><term>PublisherClient, SubscriberClient</term><description>clients of Google Pub/Sub, which are stubs</description></item>
/// <item><term>IProducer&lt;string&gt;, IConsumer&lt;string&gt;</term><description>a producer and a consumer of DotPulsar, which are stubs</description></item>
/// <item><term>IPubSub, IAdvancedBus</term><description>a bus of EasyNetQ, which is a stub</description></item>
/// <item><term>ServiceBusReceiver</term><description>a receiver of Azure Service Bus without a server</description></item>
/// <item><term>string child, string report</term><description>what <c>dotnet</c> runs that continues the trace it is started in, and its argument</description></item>
/// <item><term>string program</term><description>the same as a program</description></item>
/// <item><term>CancellationToken</term><description>cancelled when the run is over</description></item>
/// </list>
/// </summary>
internal sealed class PartsOfRun : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Lazy<KafkaPart> _kafka = new(static () => new KafkaPart());
    private readonly Lazy<SqsPart> _sqs = new(static () => new SqsPart());
    private readonly Lazy<MqttPart> _mqtt = new(static () => new MqttPart());
    private readonly Lazy<IModel> _rabbit = new(static () => RabbitStub.Create());
    private readonly Lazy<PublisherClient> _pubSub = new(static () => new PublisherClient());
    private readonly Lazy<DotPulsar.PulsarProducer> _pulsar = new(static () => new DotPulsar.PulsarProducer());
    private readonly Lazy<ChildPart> _child = new(static () => new ChildPart());

    private readonly Lazy<EasyNetQ.EasyNetQStub> _easyNetQ;
    private readonly ArrivedPart _arrived = new();

    public PartsOfRun(ParameterInfo[] parameters)
    {
        _easyNetQ = new(() => new EasyNetQ.EasyNetQStub(_arrived.Headers));
        Incoming = parameters.Select(InletFor).FirstOrDefault(static inlet => inlet is not null);
    }

    /// <summary>Where the program's messages come from; null when it receives none.</summary>
    public IInlet? Incoming { get; }

    public object ArgumentFor(ParameterInfo parameter) => (parameter.ParameterType, parameter.Name) switch
    {
        (var type, _) when type == typeof(IProducer<string, string>) => _kafka.Value.Producer,
        (var type, _) when type == typeof(IConsumer<string, string>) => _kafka.Value.Consumer,
        (var type, _) when type == typeof(ConsumeResult<string, string>) => _kafka.Value.Consumer.Consume(_end.Token),
        (var type, _) when type == typeof(IAmazonSQS) => _sqs.Value.Client,
        (var type, _) when type == typeof(IReadOnlyList<Dictionary<string, string>>) => _arrived.Headers,
        (var type, _) when type == typeof(BasicDeliverEventArgs) => RabbitStub.Deliver(_arrived.Headers[0]),
        (var type, _) when type == typeof(IBasicProperties) => RabbitStub.Properties(),
        (var type, _) when type == typeof(IMqttClient) => _mqtt.Value.Client,
        (var type, _) when type == typeof(IModel) => _rabbit.Value,
        (var type, _) when type == typeof(PublisherClient) => _pubSub.Value,
        (var type, _) when type == typeof(SubscriberClient) => new SubscriberClient(_arrived.Headers),
        (var type, _) when type == typeof(DotPulsar.Abstractions.IProducer<string>) => _pulsar.Value,
        (var type, _) when type == typeof(DotPulsar.Abstractions.IConsumer<string>) => new DotPulsar.PulsarConsumer(_arrived.Headers),
        (var type, _) when type == typeof(EasyNetQ.IPubSub) || type == typeof(EasyNetQ.IAdvancedBus) => _easyNetQ.Value,
        (var type, _) when type == typeof(ServiceBusReceiver) => new ServiceBusPart(_arrived.Headers),
        (var type, _) when type == typeof(CancellationToken) => _end.Token,
        (_, "bootstrapServers") => _kafka.Value.BootstrapServers,
        (_, "url") => _sqs.Value.UrlOf("orders"),
        (_, "child") => ChildPart.Library,
        (_, "program") => ChildPart.Program,
        (_, "report") => _child.Value.Report,
        (_, SqsPart.Inbox) => _sqs.Value.UrlOf(SqsPart.Inbox),
        (_, KafkaPart.IncomingTopic) => KafkaPart.IncomingTopic,
        _ => throw new InvalidOperationException($"There is no part for the parameter {parameter.ParameterType} {parameter.Name}."),
    };

    /// <summary>Processes every message that the program has sent.</summary>
    public async Task ReceiveEverythingAsync()
    {
        if (_kafka.IsValueCreated)
        {
            _kafka.Value.ReceiveEverything();
        }

        if (_sqs.IsValueCreated)
        {
            await _sqs.Value.ReceiveEverythingAsync();
        }

        if (_mqtt.IsValueCreated)
        {
            await _mqtt.Value.ReceiveEverythingAsync();
        }

        if (_rabbit.IsValueCreated)
        {
            RabbitStub.ReceiveEverything(_rabbit.Value);
        }

        if (_pubSub.IsValueCreated)
        {
            _pubSub.Value.ReceiveEverything();
        }

        if (_pulsar.IsValueCreated)
        {
            _pulsar.Value.ReceiveEverything();
        }

        if (_easyNetQ.IsValueCreated)
        {
            _easyNetQ.Value.ReceiveEverything();
        }

        if (_child.IsValueCreated)
        {
            _child.Value.ReceiveEverything();
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        if (_kafka.IsValueCreated)
        {
            _kafka.Value.Dispose();
        }

        if (_mqtt.IsValueCreated)
        {
            _mqtt.Value.Dispose();
        }

        if (_child.IsValueCreated)
        {
            _child.Value.Dispose();
        }

        _end.Dispose();
    }

    private IInlet? InletFor(ParameterInfo parameter) => (parameter.ParameterType, parameter.Name) switch
    {
        (var type, _) when type == typeof(IConsumer<string, string>) || type == typeof(ConsumeResult<string, string>) => _kafka.Value,
        (var type, _) when type == typeof(IReadOnlyList<Dictionary<string, string>>) || type == typeof(BasicDeliverEventArgs) || type == typeof(SubscriberClient) || type == typeof(ServiceBusReceiver) => _arrived,
        (var type, "consumer") when type == typeof(DotPulsar.Abstractions.IConsumer<string>) || type == typeof(EasyNetQ.IAdvancedBus) => _arrived,
        (_, KafkaPart.IncomingTopic) => _kafka.Value,
        (_, SqsPart.Inbox) => _sqs.Value,
        _ => null,
    };
}
