using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Threading.Channels;
using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Decoys.Operations;

internal sealed record LogLine(DateTimeOffset At, LogLevel Level, string Text);

/// <summary>The other half of a logger: ships what the loggers queued.</summary>
internal sealed class LogShipper(ChannelReader<LogLine> lines, IProducer<Null, string> producer) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var line in lines.ReadAllAsync(stoppingToken))
            producer.Produce("logs", new Message<Null, string> { Value = JsonSerializer.Serialize(line) });
    }
}

/// <summary>Ships measurements.</summary>
internal sealed class MetricsShipper : IDisposable
{
    private readonly MeterListener _listener = new();

    public MetricsShipper(IProducer<string, string> producer)
    {
        _listener.InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _listener.SetMeasurementEventCallback<long>((instrument, measurement, tags, state)
            => producer.Produce("metrics", new Message<string, string> { Key = instrument.Name, Value = $"{measurement}" }));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();
}
