using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Text.Json;
using System.Threading.Channels;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Decoys.Operations;

/// <summary>Ships logs through Kafka. A log that traced its own shipping would never come to an end.</summary>
internal sealed class KafkaLoggerProvider(IProducer<Null, string> producer) : ILoggerProvider
{
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(10_000);

    public ILogger CreateLogger(string categoryName) => new KafkaLogger(this, categoryName);

    public void Dispose() => producer.Flush(TimeSpan.FromSeconds(2));

    public async Task ShipAsync(CancellationToken cancellationToken)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
            producer.Produce("logs", new Message<Null, string> { Value = line });
    }

    private void Write(string line)
    {
        if (!_lines.Writer.TryWrite(line))
            producer.Produce("logs-overflow", new Message<Null, string> { Value = line });
    }

    private sealed class KafkaLogger(KafkaLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => provider.Write(JsonSerializer.Serialize(new { category, level = logLevel, text = formatter(state, exception) }));
    }
}

/// <summary>Ships finished spans: they are the trace.</summary>
internal sealed class KafkaSpanExporter : IDisposable
{
    private readonly ActivityListener _listener;

    public KafkaSpanExporter(IProducer<string, string> producer)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Decoys",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => producer.Produce("spans", new Message<string, string>
            {
                Key = activity.TraceId.ToString(),
                Value = JsonSerializer.Serialize(new { activity.DisplayName, activity.Duration }),
            }),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();
}

/// <summary>Ships the runtime's events.</summary>
internal sealed class KafkaEventListener(IProducer<Null, string> producer) : EventListener
{
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
        => producer.Produce("runtime-events", new Message<Null, string> { Value = $"{eventData.EventName}: {eventData.Level}" });
}
