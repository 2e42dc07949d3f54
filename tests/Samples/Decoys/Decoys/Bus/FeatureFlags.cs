using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Decoys.Bus;

internal sealed class BusOptions
{
    public bool PropagateTraceContext { get; set; } = true;

    public TextMapPropagator? Propagator { get; set; }
}

/// <summary>Somebody decides elsewhere whether the context goes along: a setting, an optional service.</summary>
internal sealed class ConfigurableBus(
    IProducer<string, string> producer, IAmazonSQS sqs, IOptions<BusOptions> options, TextMapPropagator? propagator = null)
{
    private readonly bool _propagate = options.Value.PropagateTraceContext;

    public Task PublishAsync(Order order)
    {
        var message = new Message<string, string> { Key = order.Id, Value = order.Customer };
        if (options.Value.PropagateTraceContext)
            message.WithTraceContext();

        return producer.ProduceAsync(Names.Orders, message);
    }

    public Task PublishOrNotAsync(Order order)
    {
        Headers? headers = null;
        if (_propagate)
        {
            headers = [];
            KafkaTrace.Inject(headers);
        }

        return producer.ProduceAsync(Names.Orders, new Message<string, string> { Key = order.Id, Value = order.Customer, Headers = headers });
    }

    public Task PublishTernaryAsync(Order order) => producer.ProduceAsync(
        Names.Orders,
        new Message<string, string> { Key = order.Id, Value = order.Customer, Headers = _propagate ? KafkaTrace.NewHeaders() : [] });

    public Task PublishOptionallyAsync(Order order)
    {
        var message = new Message<string, string> { Key = order.Id, Value = order.Customer, Headers = new Headers() };
        propagator?.Inject(
            new PropagationContext(System.Diagnostics.Activity.Current?.Context ?? default, Baggage.Current),
            message.Headers,
            static (headers, name, value) =>
            {
                headers.Remove(name);
                headers.Add(name, System.Text.Encoding.UTF8.GetBytes(value));
            });
        return producer.ProduceAsync(Names.Orders, message);
    }

    public Task SendAsync(Order order)
    {
        var request = new SendMessageRequest(Names.ShipmentQueue, order.Id);
        if (_propagate is false)
            return sqs.SendMessageAsync(request);

        request.MessageAttributes = SqsTrace.Inject(null);
        return sqs.SendMessageAsync(request);
    }

    public Task SendWithConfiguredAsync(Order order)
    {
        var attributes = new Dictionary<string, MessageAttributeValue>();
        (options.Value.Propagator ?? Propagators.DefaultTextMapPropagator).Inject(
            new PropagationContext(System.Diagnostics.Activity.Current?.Context ?? default, Baggage.Current),
            attributes,
            static (carrier, name, value) => carrier[name] = SqsTrace.Text(value));
        return sqs.SendMessageAsync(new SendMessageRequest(Names.ShipmentQueue, order.Id) { MessageAttributes = attributes });
    }
}
