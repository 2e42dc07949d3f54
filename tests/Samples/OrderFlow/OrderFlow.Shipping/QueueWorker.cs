using System.Diagnostics;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>Reads one queue as long as the application runs. Every message gets a span, in the trace of its sender.</summary>
/// <typeparam name="T">What the bodies of its messages hold.</typeparam>
public abstract partial class QueueWorker<T>(string queue, IAmazonSQS sqs, IOptions<SqsOptions> options, ILogger logger) : BackgroundService
{
    private readonly string _url = options.Value.UrlOf(queue);

    protected abstract Task ProcessAsync(T body);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var request = new ReceiveMessageRequest(_url)
        {
            MaxNumberOfMessages = 10,
            WaitTimeSeconds = 20,
            MessageAttributeNames = ["All"],
        };
        while (!stoppingToken.IsCancellationRequested)
        {
            var response = await sqs.ReceiveMessageAsync(request, stoppingToken);
            foreach (var message in response.Messages ?? [])
                await HandleAsync(message);
        }
    }

    // Not cancelled: a message that was begun is finished, also when the application stops.
    private async Task HandleAsync(Message message)
    {
        var parent = SqsTraceContext.Extract(message.MessageAttributes);
        Baggage.Current = parent.Baggage;
        using var activity = Telemetry.Source.StartActivity($"{queue} process", ActivityKind.Consumer, parent.ActivityContext);
        try
        {
            var body = JsonSerializer.Deserialize<T>(message.Body)
                ?? throw new JsonException("A message is empty.");
            await ProcessAsync(body);
            await sqs.DeleteMessageAsync(_url, message.ReceiptHandle);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            LogFailed(exception, message.MessageId, queue);
        }
    }

    [LoggerMessage(LogLevel.Error, "Message {MessageId} could not be processed and goes back to {Queue}")]
    private partial void LogFailed(Exception exception, string messageId, string queue);
}
