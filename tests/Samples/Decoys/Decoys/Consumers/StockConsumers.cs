using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Decoys.Platform;
using OpenTelemetry;

namespace Decoys.Consumers;

/// <summary>Consumers of Kafka that take their parent from the headers, each in its own way.</summary>
internal sealed class StockConsumers(IConsumer<string, string> consumer, IStockBook book)
{
    public void WithPropagator(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var result = consumer.Consume(cancellation);
            var parent = ReceivedContext.Of(result.Message.Headers);
            Baggage.Current = parent.Baggage;
            using var activity = Telemetry.Source.StartActivity("stock process", ActivityKind.Consumer, parent.ActivityContext);
            book.Enter(result.Message.Value);
        }
    }

    public void WithExtension(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        using (Telemetry.Source.StartActivity("stock process", ActivityKind.Consumer, result.ContextOf()))
        {
            book.Enter(result.Message.Value);
        }
    }

    public void WithDotNetsPropagator(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        DistributedContextPropagator.Current.ExtractTraceIdAndState(result.Message.Headers, Read, out var traceParent, out var traceState);
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
        using var activity = Telemetry.Source.StartActivity("stock process", ActivityKind.Consumer, parent);
        book.Enter(result.Message.Value);

        static void Read(object? carrier, string name, out string? value, out IEnumerable<string>? values)
        {
            values = null;
            value = ReceivedContext.Header((Headers)carrier!, name);
        }
    }

    public void ByHand(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        var (traceParent, traceState) = (ReceivedContext.Header(result.Message.Headers, "traceparent"), ReceivedContext.Header(result.Message.Headers, "tracestate"));
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
        using var activity = Telemetry.Source.StartActivity("stock process", ActivityKind.Consumer, parent);
        book.Enter(result.Message.Value);
    }

    public void WithOurOwnHeader(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        using var activity = Telemetry.Source.StartActivity("stock process", ActivityKind.Consumer);
        if (result.Message.Headers.TryGetLastBytes("x-activity-id", out var id))
            activity?.SetTag("publisher", Encoding.UTF8.GetString(id));
        book.Enter(result.Message.Value);
    }

    public void WhereThereIsAHeader(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        var parent = result.ContextOf();
        using var activity = parent == default
            ? Telemetry.Source.StartActivity("stock process", ActivityKind.Consumer)
            : Telemetry.Source.StartActivity("stock process", ActivityKind.Consumer, parent);
        book.Enter(result.Message.Value);
    }

    public void WithAFallback(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        var activity = Resume(result);
        activity ??= Telemetry.Source.StartActivity("stock process");
        using (activity)
        {
            book.Enter(result.Message.Value);
        }
    }

    public void WithALink(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        using var activity = Telemetry.Source.StartActivity("stock process", ActivityKind.Consumer);
        activity?.AddLink(new ActivityLink(result.ContextOf()));
        book.Enter(result.Message.Value);
    }

    public void WithALinkThatIsAddedElsewhere(CancellationToken cancellation)
    {
        using var activity = Telemetry.Source.StartActivity("stock consumed");
        var result = consumer.Consume(cancellation);
        Link(activity, result);
        book.Enter(result.Message.Value);
    }

    public void InATraceOfItsOwn(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        Activity.Current = null;
        using var activity = Telemetry.Source.StartActivity("stock audit", ActivityKind.Consumer);
        book.Enter(result.Message.Value);
    }

    public void InSteps(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        using var activity = Telemetry.Source.StartActivity("stock process", ActivityKind.Consumer, result.ContextOf());
        using (Telemetry.Source.StartActivity("parse"))
        {
            book.Check(result.Message.Value);
        }

        using (Telemetry.Source.StartActivity("enter", ActivityKind.Internal))
        {
            book.Enter(result.Message.Value);
        }
    }

    public void WhateverComes(CancellationToken cancellation)
    {
        ConsumeResult<string, string> result;
        using (var receive = Telemetry.Source.StartActivity("stock receive", ActivityKind.Consumer))
        {
            result = consumer.Consume(cancellation);
            receive?.SetTag("messaging.kafka.offset", result.Offset.Value);
        }

        using (Telemetry.Source.StartActivity("stock settle"))
        {
            consumer.Commit(result);
        }
    }

    private static Activity? Resume(ConsumeResult<string, string> result)
        => result.ContextOf() is var parent && parent != default ? Telemetry.Source.StartActivity("stock process", ActivityKind.Consumer, parent) : null;

    private static void Link(Activity? activity, ConsumeResult<string, string> result) => activity?.AddLink(new ActivityLink(result.ContextOf()));
}

internal interface IStockBook
{
    void Check(string entry);

    void Enter(string entry);
}
