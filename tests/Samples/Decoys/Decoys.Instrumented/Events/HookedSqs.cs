using System.Diagnostics;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Decoys.Instrumented.Events;

/// <summary>A client that tells before it sends: who listens completes the request.</summary>
internal static class HookedSqs
{
    public static AmazonSQSClient Create()
    {
        var client = new AmazonSQSClient();
        client.BeforeRequestEvent += static (_, e) =>
        {
            // SQS takes the X-Ray header of a request for the trace header of the message.
            if (e is WebServiceRequestEventArgs request && Activity.Current is { } current)
                request.Headers["X-Amzn-Trace-Id"] = $"Root=1-{current.TraceId.ToHexString()[..8]}-{current.TraceId.ToHexString()[8..]};Parent={current.SpanId}";
        };
        return client;
    }
}

internal sealed class HookedSender(IAmazonSQS sqs)
{
    public Task SendAsync(string queueUrl, string body) => sqs.SendMessageAsync(new SendMessageRequest(queueUrl, body));

    public Task SendTextAsync(string queueUrl, string body) => sqs.SendMessageAsync(queueUrl, body);
}
