using System.Text.Json;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Billing;

internal sealed record Invoice(string Number, decimal Amount);

/// <summary>What is added to a message is decided by others: injected services, lists of them, delegates, subscribers.</summary>
internal sealed class InvoiceEvents(
    IProducer<string, string> producer,
    IMessageStamp stamp,
    IEnumerable<IHeaderEnricher> enrichers,
    Func<Headers> newHeaders,
    Lazy<IMessageStamp> lazyStamp)
{
    /// <summary>Somebody wants to see every message before it leaves.</summary>
    public event Action<Message<string, string>>? BeforePublish;

    public event EventHandler<InvoiceEventArgs>? Publishing;

    public Action<Headers>? Customize { get; set; }

    public async Task CreatedAsync(Invoice invoice)
    {
        var message = MessageFor(invoice);
        stamp.Apply(message);
        await producer.ProduceAsync(Names.Invoices, message);
    }

    public async Task SentAsync(Invoice invoice)
    {
        var headers = new Headers();
        foreach (var enricher in enrichers)
            enricher.Enrich(headers);

        await producer.ProduceAsync(Names.Invoices, new Message<string, string> { Key = invoice.Number, Value = "sent", Headers = headers });
    }

    public Task PaidAsync(Invoice invoice)
        => producer.ProduceAsync(Names.Invoices, new Message<string, string> { Key = invoice.Number, Value = "paid", Headers = newHeaders() });

    public void Reminded(Invoice invoice)
    {
        var message = MessageFor(invoice);
        lazyStamp.Value.Apply(message);
        producer.Produce(Names.Invoices, message);
    }

    public void Overdue(Invoice invoice)
    {
        var message = MessageFor(invoice);
        BeforePublish?.Invoke(message);
        producer.Produce(Names.Invoices, message);
    }

    public void Cancelled(Invoice invoice)
    {
        var args = new InvoiceEventArgs(invoice, new Headers());
        Publishing?.Invoke(this, args);
        producer.Produce(Names.Invoices, new Message<string, string> { Key = invoice.Number, Value = "cancelled", Headers = args.Headers });
    }

    public void Corrected(Invoice invoice)
    {
        var message = MessageFor(invoice);
        message.Headers = [];
        Customize?.Invoke(message.Headers);
        producer.Produce(Names.Invoices, message);
    }

    public async Task WrittenOffAsync(Invoice invoice)
    {
        var message = MessageFor(invoice);
        foreach (var handler in BeforePublish?.GetInvocationList() ?? [])
            ((Action<Message<string, string>>)handler)(message);
        await producer.ProduceAsync(Names.Invoices, message);
    }

    public Task DisputedAsync(Invoice invoice)
        => producer.ProduceAsync(Names.Invoices, new Message<string, string> { Key = invoice.Number, Value = "disputed", Headers = stamp.Create() });

    public async Task ArchivedAsync(Invoice invoice)
    {
        var message = MessageFor(invoice);
        enrichers.ToList().ForEach(enricher => enricher.Enrich(message.Headers ??= []));
        await producer.ProduceAsync(Names.Invoices, message);
    }

    private static Message<string, string> MessageFor(Invoice invoice) => new() { Key = invoice.Number, Value = JsonSerializer.Serialize(invoice) };
}

internal sealed class InvoiceEventArgs(Invoice invoice, Headers headers) : EventArgs
{
    public Invoice Invoice { get; } = invoice;

    public Headers Headers { get; } = headers;
}
