using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Shipping;

/// <summary>Messages that wait in queues, come out of streams and leave in parallel.</summary>
internal sealed class ShipmentStreams(IProducer<string, string> producer, IAmazonSQS sqs)
{
    private readonly Channel<Message<string, string>> _channel = Channel.CreateBounded<Message<string, string>>(100);
    private readonly ConcurrentQueue<Message<string, string>> _queue = new();
    private readonly Channel<(Shipment Shipment, ActivityContext Parent)> _work = Channel.CreateUnbounded<(Shipment, ActivityContext)>();

    public ValueTask QueueAsync(Shipment shipment)
        => _channel.Writer.WriteAsync(new Message<string, string> { Key = shipment.Id, Value = shipment.Carrier }.WithTraceContext());

    public async Task PumpAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in _channel.Reader.ReadAllAsync(cancellationToken))
            await producer.ProduceAsync("shipments", message, cancellationToken);
    }

    public void Drain()
    {
        while (_queue.TryDequeue(out var message))
            producer.Produce("shipments", message);
    }

    public void Postpone(Shipment shipment) => _queue.Enqueue(new() { Key = shipment.Id, Value = shipment.Carrier, Headers = KafkaTrace.NewHeaders() });

    public Task PostponeWorkAsync(Shipment shipment) => _work.Writer.WriteAsync((shipment, Activity.Current?.Context ?? default)).AsTask();

    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (await _work.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_work.Reader.TryRead(out var item))
            {
                using var activity = Telemetry.Source.StartActivity("ship", ActivityKind.Internal, item.Parent);
                await producer.ProduceAsync("shipments", new Message<string, string> { Key = item.Shipment.Id, Headers = KafkaTrace.NewHeaders() }, cancellationToken);
            }
        }
    }

    public async Task StreamAsync(IAsyncEnumerable<Shipment> shipments, CancellationToken cancellationToken)
    {
        await foreach (var (topic, message) in MessagesAsync(shipments, cancellationToken).ConfigureAwait(false))
            await producer.ProduceAsync(topic, message, cancellationToken).ConfigureAwait(false);
    }

    public Task ParallelAsync(IEnumerable<Shipment> shipments)
        => Parallel.ForEachAsync(shipments, async (shipment, cancellationToken) =>
        {
            var request = new SendMessageRequest(Names.ShipmentQueue, JsonSerializer.Serialize(shipment));
            request.MessageAttributes = SqsTrace.Inject(request.MessageAttributes);
            await sqs.SendMessageAsync(request, cancellationToken);
        });

    public Task AllAtOnceAsync(IEnumerable<Shipment> shipments)
        => Task.WhenAll(shipments.Select(shipment => producer.ProduceAsync(
            "shipments", new Message<string, string> { Key = shipment.Id, Value = shipment.Carrier, Headers = KafkaTrace.NewHeaders() })));

    public Task AllAtOncePreparedAsync(IReadOnlyList<Shipment> shipments)
    {
        var messages = new Message<string, string>[shipments.Count];
        Parallel.For(0, shipments.Count, i => messages[i] = new() { Key = shipments[i].Id, Value = shipments[i].Carrier });
        foreach (var message in messages)
            message.WithTraceContext();
        return Task.WhenAll(messages.Select(message => producer.ProduceAsync("shipments", message)));
    }

    public async Task InBackgroundAsync(Shipment shipment)
    {
        var message = new Message<string, string> { Key = shipment.Id, Value = shipment.Carrier };
        await Task.Run(() => KafkaTrace.Inject(message.Headers = []));
        await producer.ProduceAsync("shipments", message);
    }

    public Task ContinuedAsync(Shipment shipment)
        => BuildAsync(shipment).ContinueWith(built => producer.ProduceAsync("shipments", built.Result), TaskScheduler.Default).Unwrap();

    public async Task AwaitedAsync(Shipment shipment) => await producer.ProduceAsync("shipments", await BuildAsync(shipment));

    public void OnTimer(Shipment shipment)
    {
        var message = new Message<string, string> { Key = shipment.Id, Value = shipment.Carrier, Headers = KafkaTrace.NewHeaders() };
        _ = new Timer(_ => producer.Produce("shipments", message), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
    }

    private static async Task<Message<string, string>> BuildAsync(Shipment shipment)
    {
        await Task.Yield();
        var message = new Message<string, string> { Key = shipment.Id, Value = shipment.Carrier };
        return message.WithTraceContext();
    }

    private static async IAsyncEnumerable<(string Topic, Message<string, string> Message)> MessagesAsync(
        IAsyncEnumerable<Shipment> shipments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var shipment in shipments.WithCancellation(cancellationToken))
        {
            var message = new Message<string, string> { Key = shipment.Id, Value = shipment.Carrier, Headers = new() };
            KafkaTrace.Inject(message.Headers);
            yield return ($"shipments-{shipment.Carrier}", message);
        }
    }
}
