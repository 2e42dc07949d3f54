using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Consumers;

/// <summary>Takes the context off a message before anybody sees it.</summary>
internal abstract class TracedConsumer(IConsumer<string, string> consumer)
{
    public void Run(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            using var poll = Telemetry.Source.StartActivity("poll");
            var result = consumer.Consume(cancellation);
            using var activity = Begin(result);
            Process(result);
            Process(result.Message);
        }
    }

    protected virtual Activity? Begin(ConsumeResult<string, string> result)
        => Telemetry.Source.StartActivity($"{result.Topic} process", ActivityKind.Consumer, result.ContextOf());

    protected abstract void Process(ConsumeResult<string, string> result);

    protected virtual void Process(Message<string, string> message)
    {
    }
}

internal sealed class ClaimConsumer(IConsumer<string, string> consumer, IStockBook book) : TracedConsumer(consumer)
{
    protected override void Process(ConsumeResult<string, string> result)
    {
        using var activity = Telemetry.Source.StartActivity("claim", ActivityKind.Internal);
        book.Enter(result.Message.Value);
    }

    protected override void Process(Message<string, string> message)
    {
        using var activity = Telemetry.Source.StartActivity("claim reviewed", ActivityKind.Consumer);
        book.Check(message.Value);
    }
}

internal interface IClaimHandler
{
    Task HandleAsync(ConsumeResult<string, string> result);
}

internal sealed class ClaimHandler(IStockBook book) : IClaimHandler
{
    public Task HandleAsync(ConsumeResult<string, string> result)
    {
        using var activity = Telemetry.Source.StartActivity("handle claim");
        book.Enter(result.Message.Value);
        return Task.CompletedTask;
    }
}

/// <summary>Opens the span for all handlers.</summary>
internal sealed class ClaimDispatcher(IConsumer<string, string> consumer, IReadOnlyList<IClaimHandler> handlers)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        var parent = ReceivedContext.Of(result.Message.Headers).ActivityContext;
        using var activity = Telemetry.Source.StartActivity("claims process", ActivityKind.Consumer, parent);
        foreach (var handler in handlers)
            await handler.HandleAsync(result);
    }
}

/// <summary>One loop reads, others work.</summary>
internal sealed class ClaimPipeline(IConsumer<string, string> consumer, IStockBook book)
{
    private readonly Channel<ConsumeResult<string, string>> _claims = Channel.CreateBounded<ConsumeResult<string, string>>(100);

    public async Task ReadAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            using var activity = Telemetry.Source.StartActivity("claims receive", ActivityKind.Consumer);
            var result = consumer.Consume(cancellation);
            await _claims.Writer.WriteAsync(result, cancellation);
        }
    }

    public async Task WorkAsync(CancellationToken cancellation)
    {
        await foreach (var result in _claims.Reader.ReadAllAsync(cancellation))
        {
            using var activity = Telemetry.Source.StartActivity("claims process", ActivityKind.Consumer, result.ContextOf());
            book.Enter(result.Message.Value);
        }
    }

    public void WorkTogether(IReadOnlyList<ConsumeResult<string, string>> results)
    {
        using var batch = Telemetry.Source.StartActivity("claims batch", ActivityKind.Consumer);
        foreach (var result in results)
        {
            using var activity = Telemetry.Source.StartActivity("claim", ActivityKind.Consumer, result.ContextOf());
            book.Enter(result.Message.Value);
        }
    }

    public void WorkInOneSpan(IReadOnlyList<ConsumeResult<string, string>> results)
    {
        var links = results.Select(static result => new ActivityLink(result.ContextOf())).ToList();
        using var batch = Telemetry.Source.StartActivity("claims batch", ActivityKind.Consumer, default(ActivityContext), links: links);
        foreach (var result in results)
            book.Enter(result.Message.Value);
    }

    public Task WorkInParallelAsync(IReadOnlyList<ConsumeResult<string, string>> results, CancellationToken cancellation)
        => Parallel.ForEachAsync(results, cancellation, (result, _) =>
        {
            using var activity = Telemetry.Source.StartActivity("claim", ActivityKind.Consumer, result.ContextOf());
            book.Enter(result.Message.Value);
            return ValueTask.CompletedTask;
        });
}

/// <summary>The context travels in the body here.</summary>
internal sealed class ClaimEnvelopes(IConsumer<string, string> consumer, IStockBook book)
{
    public void Process(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        var envelope = JsonSerializer.Deserialize<ClaimEnvelope>(result.Message.Value)!;
        ActivityContext.TryParse(envelope.TraceParent, envelope.TraceState, isRemote: true, out var publisher);
        using var activity = Telemetry.Source.StartActivity("claims process", ActivityKind.Consumer, publisher);
        book.Enter(envelope.Body);
    }

    public void ProcessWithLink(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        var envelope = JsonSerializer.Deserialize<ClaimEnvelope>(result.Message.Value)!;
        using var activity = Telemetry.Source.StartActivity("claims process", ActivityKind.Consumer);
        if (ActivityContext.TryParse(envelope.TraceParent, envelope.TraceState, isRemote: true, out var publisher))
            activity?.AddLink(new ActivityLink(publisher));
        book.Enter(envelope.Body);
    }

    private sealed record ClaimEnvelope(string? TraceParent, string? TraceState, string Body);
}

/// <summary>The span is somebody else's to start.</summary>
internal sealed class ClaimScopes(IConsumer<string, string> consumer, IStockBook book)
{
    public void Scoped(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        using var scope = MessageScope.Begin("claims", result.Message.Headers);
        using var activity = Telemetry.Source.StartActivity("claim");
        book.Enter(result.Message.Value);
    }

    public void Wrapped(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        MessageScope.Run("claims", result.Message.Headers, () =>
        {
            using var activity = Telemetry.Source.StartActivity("claim");
            book.Enter(result.Message.Value);
        });
    }

    public void WithOptions(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        using var activity = MessageScope.Start(new SpanOptions("claims process") { Parent = result.ContextOf() });
        book.Enter(result.Message.Value);
    }

    public void Published(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        using var activity = Telemetry.Source.StartActivity("claims publish", ActivityKind.Producer);
        book.Enter(result.Message.Value);
    }

    public void Stored(CancellationToken cancellation)
    {
        var result = consumer.Consume(cancellation);
        using var activity = Telemetry.Source.StartActivity("INSERT", ActivityKind.Client);
        book.Enter(result.Message.Value);
    }

    // Nothing here was received from a queue.
    public void Imported(string body)
    {
        using var activity = Telemetry.Source.StartActivity("claims import", ActivityKind.Consumer);
        book.Enter(body);
    }
}

internal sealed record SpanOptions(string Name)
{
    public ActivityContext Parent { get; init; }
}

internal sealed class MessageScope(Activity? activity) : IDisposable
{
    public static MessageScope Begin(string topic, Headers headers)
        => new(Telemetry.Source.StartActivity(topic, ActivityKind.Consumer, ReceivedContext.Of(headers).ActivityContext));

    public static void Run(string topic, Headers headers, Action action)
    {
        using var scope = Begin(topic, headers);
        action();
    }

    public static Activity? Start(SpanOptions options) => Telemetry.Source.StartActivity(options.Name, ActivityKind.Consumer, options.Parent);

    public void Dispose() => activity?.Dispose();
}
