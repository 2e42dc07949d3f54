using System.Diagnostics;
using Amazon.SQS;
using Amazon.SQS.Model;
using Decoys.Platform;

namespace Decoys.Consumers;

/// <summary>Consumers of SQS, single and batch.</summary>
internal sealed class ParcelConsumers(IAmazonSQS sqs, IStockBook book)
{
    private const string Url = "https://sqs.example/parcels";

    public async Task EachAsync(CancellationToken cancellation)
    {
        var response = await ReceiveAsync(cancellation);
        foreach (var message in response.Messages ?? [])
        {
            using var activity = Telemetry.Source.StartActivity("parcels process", ActivityKind.Consumer, message.ContextOf());
            book.Enter(message.Body);
            await sqs.DeleteMessageAsync(Url, message.ReceiptHandle, cancellation);
        }
    }

    public async Task EachInAPollAsync(CancellationToken cancellation)
    {
        using var poll = Telemetry.Source.StartActivity("parcels poll");
        var response = await ReceiveAsync(cancellation);
        foreach (var message in response.Messages ?? [])
            Process(message);
    }

    public async Task TogetherAsync(CancellationToken cancellation)
    {
        var response = await ReceiveAsync(cancellation);
        var links = (response.Messages ?? []).Select(ReceivedContext.LinkTo).OfType<ActivityLink>().ToList();
        using var activity = Telemetry.Source.StartActivity("parcels process", ActivityKind.Consumer, default(ActivityContext), links: links);
        foreach (var message in response.Messages ?? [])
            book.Enter(message.Body);
    }

    public async Task LinkedAsTheyComeAsync(CancellationToken cancellation)
    {
        using var activity = Telemetry.Source.StartActivity("parcels poll", ActivityKind.Consumer);
        var response = await ReceiveAsync(cancellation);
        foreach (var message in response.Messages ?? [])
        {
            if (ReceivedContext.LinkTo(message) is { } link)
                activity?.AddLink(link);
            book.Enter(message.Body);
        }
    }

    public async Task ByHandAsync(CancellationToken cancellation)
    {
        var response = await ReceiveAsync(cancellation);
        foreach (var message in response.Messages ?? [])
        {
            ActivityContext.TryParse(Attribute(message, "traceparent"), Attribute(message, "tracestate"), isRemote: true, out var parent);
            using var activity = Telemetry.Source.StartActivity("parcels process", ActivityKind.Consumer, parent);
            book.Enter(message.Body);
        }
    }

    public async Task WithXRayAsync(CancellationToken cancellation)
    {
        var response = await ReceiveAsync(cancellation);
        foreach (var message in response.Messages ?? [])
        {
            using var activity = Telemetry.Source.StartActivity("parcels process", ActivityKind.Consumer);
            activity?.SetTag("aws.xray", message.Attributes["AWSTraceHeader"]);
            book.Enter(message.Body);
        }
    }

    public async Task PurgeAsync(CancellationToken cancellation)
    {
        using var activity = Telemetry.Source.StartActivity("parcels purge");
        var response = await ReceiveAsync(cancellation);
        foreach (var message in response.Messages ?? [])
            await sqs.DeleteMessageAsync(Url, message.ReceiptHandle, cancellation);
    }

    public async Task CountAsync(CancellationToken cancellation)
    {
        var response = await ReceiveAsync(cancellation);
        using var activity = Telemetry.Source.StartActivity("parcels count");
        activity?.SetTag("messaging.batch.message_count", response.Messages?.Count);
    }

    public async Task InParallelAsync(CancellationToken cancellation)
    {
        var response = await ReceiveAsync(cancellation);
        await Task.WhenAll((response.Messages ?? []).Select(async message =>
        {
            await Task.Yield();
            using var activity = Telemetry.Source.StartActivity("parcels process", ActivityKind.Consumer, message.ContextOf());
            book.Enter(message.Body);
        }));
    }

    private static string? Attribute(Message message, string name)
        => message.MessageAttributes is { } attributes && attributes.TryGetValue(name, out var value) ? value.StringValue : null;

    private void Process(Message message)
    {
        using var activity = Telemetry.Source.StartActivity("parcels process", ActivityKind.Consumer, message.ContextOf());
        Sort(message);
    }

    private void Sort(Message message)
    {
        using var activity = Telemetry.Source.StartActivity("sort");
        book.Enter(message.Body);
    }

    private Task<ReceiveMessageResponse> ReceiveAsync(CancellationToken cancellation)
        => sqs.ReceiveMessageAsync(new ReceiveMessageRequest(Url) { MessageAttributeNames = ["All"], MessageSystemAttributeNames = ["AWSTraceHeader"] }, cancellation);
}
