using System.Diagnostics;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Pricing;

/// <summary>The ways control goes between a message being made and it being sent.</summary>
internal sealed class PriceFeed(IProducer<string, string> producer)
{
    public async Task RetryAsync(PriceChange change, CancellationToken cancellationToken)
    {
        var message = MessageFor(change);
        for (var attempt = 1; ; attempt++)
        {
            message.Headers = [];
            message.Headers.Add("attempt", BitConverter.GetBytes(attempt));
            KafkaTrace.Inject(message.Headers);
            try
            {
                await producer.ProduceAsync(Names.Prices, message, cancellationToken);
                return;
            }
            catch (ProduceException<string, string> e) when (attempt < 3 && !e.Error.IsFatal)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), cancellationToken);
            }
        }
    }

    public async Task RetryByPolicyAsync(PriceChange change, Func<Func<Task>, Task> policy)
    {
        var message = MessageFor(change);
        KafkaTrace.Inject(message.Headers ??= new Headers());
        await policy(() => producer.ProduceAsync(Names.Prices, message));
    }

    public async Task InjectOrLogAsync(PriceChange change)
    {
        var message = MessageFor(change);
        try
        {
            message.WithTraceContext();
        }
        catch (InvalidOperationException e)
        {
            // Telemetry must not stop the business.
            await Console.Error.WriteLineAsync(e.Message);
        }

        await producer.ProduceAsync(Names.Prices, message);
    }

    public async Task WithCleanupAsync(PriceChange change)
    {
        var message = MessageFor(change);
        try
        {
            var headers = new Headers { { "scope", "cleanup"u8.ToArray() } };
            KafkaTrace.Inject(headers);
            message.Headers = headers;
            await producer.ProduceAsync(Names.Prices, message);
        }
        finally
        {
            message.Headers = null;
        }
    }

    public async Task InsideSpanAsync(PriceChange change)
    {
        var message = MessageFor(change);
        using (var activity = Telemetry.Source.StartActivity("price", ActivityKind.Producer))
        {
            activity?.SetTag("sku", change.Sku);
            message.WithTraceContext();
        }

        await producer.ProduceAsync(Names.Prices, message);
    }

    public Task OnlyWithinATraceAsync(PriceChange change)
    {
        var message = MessageFor(change);
        // Where there is no activity there is no context to lose.
        if (Activity.Current is { Id: { } id })
            message.Headers = new Headers { { "traceparent", Encoding.ASCII.GetBytes(id) } };

        return producer.ProduceAsync(Names.Prices, message);
    }

    public async Task OutsideATraceAsync(PriceChange change)
    {
        var message = MessageFor(change);
        if (Activity.Current is null)
        {
            await producer.ProduceAsync(Names.Prices, message);
            return;
        }

        message.WithTraceContext();
        await producer.ProduceAsync(Names.Prices, message);
    }

    public Task LocalFunctionsAsync(PriceChange change)
    {
        var message = Build();
        Stamp();
        return Send(Names.Prices);

        Message<string, string> Build() => MessageFor(change);

        void Stamp() => KafkaTrace.Inject(message.Headers ??= []);

        Task Send(string topic) => producer.ProduceAsync(topic, message);
    }

    public Task LambdasAsync(PriceChange change)
    {
        Func<PriceChange, Message<string, string>> build = static one => MessageFor(one).WithTraceContext();
        Func<Message<string, string>, Task> send = message => producer.ProduceAsync(Names.Prices, message);
        return send(build(change));
    }

    public Task StampedByLambdaAsync(PriceChange change)
    {
        Action<Message<string, string>> stamp = message => message.WithTraceContext();
        stamp += message => message.Headers.Add("stamped", []);
        var price = MessageFor(change);
        stamp(price);
        return producer.ProduceAsync(Names.Prices, price);
    }

    public Task ByReferenceAsync(PriceChange change)
    {
        var message = MessageFor(change);
        Replace(ref message);
        return producer.ProduceAsync(Names.Prices, message);
    }

    public Task DeconstructedAsync(PriceChange change)
    {
        var (key, value, headers) = (change.Sku, Text(change.New), KafkaTrace.NewHeaders());
        return producer.ProduceAsync(Names.Prices, new Message<string, string> { Key = key, Value = value, Headers = headers });
    }

    public Task SwapAsync(PriceChange change)
    {
        Headers plain = [], traced = KafkaTrace.NewHeaders();
        (plain, traced) = (traced, plain);
        return producer.ProduceAsync(Names.Prices, new Message<string, string> { Key = change.Sku, Value = Text(change.New), Headers = plain });
    }

    public void Switch(PriceChange change)
    {
        var message = MessageFor(change);
        switch (change)
        {
            case { New: 0 }:
                return;
            case var (_, old, @new) when old == @new:
                message.Value = "same";
                goto default;
            case { Old: 0 }:
                message.Value = "new";
                message.WithTraceContext();
                break;
            default:
                message.Headers = KafkaTrace.NewHeaders();
                break;
        }

        producer.Produce(Names.Prices, message);
    }

    public void Patterns(object source)
    {
        if (source is PriceChange { Sku: var sku } change && MessageFor(change).WithTraceContext() is { Headers.Count: > 0 } message)
            producer.Produce(sku, message);
    }

    public void Locked(PriceChange change)
    {
        Message<string, string> message;
        lock (producer)
        {
            message = MessageFor(change);
            message.Headers = [];
            KafkaTrace.Inject(message.Headers);
        }

        producer.Produce(Names.Prices, message);
    }

    public void DoWhile(Queue<PriceChange> changes)
    {
        do
        {
            var message = MessageFor(changes.Dequeue());
            message.WithTraceContext();
            producer.Produce(Names.Prices, message);
        }
        while (changes.Count > 0);
    }

    public void InTransaction(IEnumerable<PriceChange> changes)
    {
        producer.BeginTransaction();
        try
        {
            foreach (var change in changes)
                producer.Produce(Names.Prices, MessageFor(change).WithTraceContext());
            producer.CommitTransaction();
        }
        catch (KafkaException)
        {
            producer.AbortTransaction();
            throw;
        }
    }

    private static void Replace(ref Message<string, string> message)
        => message = new() { Key = message.Key, Value = message.Value, Headers = KafkaTrace.NewHeaders() };

    private static Message<string, string> MessageFor(PriceChange change) => new() { Key = change.Sku, Value = Text(change.New) };

    private static string Text(decimal price) => price.ToString(CultureInfo.InvariantCulture);
}
