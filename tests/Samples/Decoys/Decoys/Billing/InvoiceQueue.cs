using System.Diagnostics;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Decoys.Platform;

namespace Decoys.Billing;

/// <summary>Single SQS messages, in the ways requests come about.</summary>
internal sealed class InvoiceQueue(IAmazonSQS sqs)
{
    private readonly InvoiceRequests _requests = new(Names.InvoiceQueue);

    public Task EnqueueAsync(Invoice invoice, CancellationToken cancellationToken)
    {
        var request = new SendMessageRequest(Names.InvoiceQueue, JsonSerializer.Serialize(invoice));
        request.MessageAttributes ??= [];
        SqsTrace.Inject(request.MessageAttributes);
        return sqs.SendMessageAsync(request, cancellationToken);
    }

    public Task EnqueueReminderAsync(Invoice invoice) => sqs.SendMessageAsync(new SendMessageRequest
    {
        QueueUrl = Names.InvoiceQueue,
        MessageBody = invoice.Number,
        DelaySeconds = 900,
        MessageAttributes = SqsTrace.Inject(new() { ["type"] = SqsTrace.Text("reminder") }),
    });

    public Task EnqueueTracedAsync(Invoice invoice)
        => sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = Names.InvoiceQueue, MessageBody = invoice.Number }.WithContext());

    public Task EnqueueForLambdaAsync(Invoice invoice)
    {
        var request = new SendMessageRequest { QueueUrl = Names.InvoiceQueue, MessageBody = invoice.Number };
        if (XRay.CurrentHeader is { } header)
        {
            request.MessageSystemAttributes = new Dictionary<string, MessageSystemAttributeValue>
            {
                [MessageSystemAttributeNameForSends.AWSTraceHeader] = new() { DataType = "String", StringValue = header },
            };
        }

        return sqs.SendMessageAsync(request);
    }

    public Task EnqueueForXRayAsync(Invoice invoice, string traceHeader) => sqs.SendMessageAsync(new SendMessageRequest
    {
        QueueUrl = Names.InvoiceQueue,
        MessageBody = invoice.Number,
        MessageSystemAttributes = new() { { "AWSTraceHeader", new MessageSystemAttributeValue { DataType = "String", StringValue = traceHeader } } },
    });

    public async Task EnqueueAllAsync(IEnumerable<Invoice> invoices)
    {
        foreach (var request in invoices.Select(_requests.For))
            await sqs.SendMessageAsync(request);
    }

    public Task EnqueueOrDelayAsync(Invoice invoice)
    {
        var request = invoice.Amount > 1_000 ? _requests.Delayed(invoice) : _requests.For(invoice);
        return sqs.SendMessageAsync(request);
    }

    public Task<SendMessageResponse> EnqueueUnderOwnNameAsync(Invoice invoice)
        => sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = Names.InvoiceQueue,
            MessageBody = invoice.Number,
            MessageAttributes = new() { ["correlation"] = SqsTrace.Text(Activity.Current?.Id ?? "none") },
        });

    public async Task<string> EnqueueFirstInFirstOutAsync(Invoice invoice)
    {
        SendMessageRequest request = new(Names.InvoiceQueue + ".fifo", JsonSerializer.Serialize(invoice))
        {
            MessageGroupId = invoice.Number,
            MessageDeduplicationId = invoice.Number,
            MessageAttributes = [],
        };
        DistributedContextPropagator.Current.Inject(Activity.Current, request.MessageAttributes, static (carrier, name, value) =>
        {
            if (carrier is Dictionary<string, MessageAttributeValue> attributes && value.Length > 0)
                attributes[name] = SqsTrace.Text(value);
        });
        var response = await sqs.SendMessageAsync(request);
        return response.MessageId;
    }
}

/// <summary>Makes requests that are ready to be sent.</summary>
internal sealed class InvoiceRequests(string queueUrl)
{
    public SendMessageRequest For(Invoice invoice)
    {
        var request = new SendMessageRequest(queueUrl, JsonSerializer.Serialize(invoice)) { MessageAttributes = NewAttributes() };
        return request;
    }

    public SendMessageRequest Delayed(Invoice invoice)
    {
        var request = For(invoice);
        request.DelaySeconds = 60;
        return request;
    }

    private static Dictionary<string, MessageAttributeValue> NewAttributes() => SqsTrace.Inject(null);
}

internal static class SendMessageRequestExtensions
{
    public static SendMessageRequest WithContext(this SendMessageRequest request)
    {
        request.MessageAttributes = SqsTrace.Inject(request.MessageAttributes);
        return request;
    }
}

/// <summary>The trace header of AWS, made from the current span.</summary>
internal static class XRay
{
    public static string? CurrentHeader => Activity.Current is { } current
        ? $"Root=1-{current.TraceId.ToHexString()[..8]}-{current.TraceId.ToHexString()[8..]};Parent={current.SpanId};Sampled={(current.Recorded ? 1 : 0)}"
        : null;
}
