using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrderFlow.Worker;

/// <summary>Publishes the rows of the outbox, in their order.</summary>
internal sealed partial class OutboxRelay(Outbox outbox, IProducer<string, string> producer, ILogger<OutboxRelay> logger)
    : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PublishAllAsync(stoppingToken);
            }
            catch (ProduceException<string, string> exception)
            {
                LogDelayed(exception, _interval);
            }
        }
    }

    private async Task PublishAllAsync(CancellationToken cancellationToken)
    {
        while (outbox.TryPeek(out var row))
        {
            await producer.ProduceAsync(row.Topic, MessageOf(row), cancellationToken);
            outbox.Remove();
        }
    }

    private static Message<string, string> MessageOf(OutboxRow row)
    {
        var headers = new Headers();
        if (row.TraceParent is not null)
            headers.Add("traceparent", Encoding.UTF8.GetBytes(row.TraceParent));
        if (row.TraceState is not null)
            headers.Add("tracestate", Encoding.UTF8.GetBytes(row.TraceState));

        return new Message<string, string> { Key = row.Key, Value = row.Value, Headers = headers };
    }

    [LoggerMessage(LogLevel.Warning, "The outbox cannot be emptied; next try in {Interval}")]
    private partial void LogDelayed(Exception exception, TimeSpan interval);
}
