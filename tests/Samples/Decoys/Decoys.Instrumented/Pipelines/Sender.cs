using Amazon.SQS;
using Amazon.SQS.Model;

namespace Decoys.Instrumented.Pipelines;

/// <summary>Sends what the pipeline then completes.</summary>
internal sealed class Sender(IAmazonSQS sqs)
{
    public Task SendAsync(string queueUrl, string body) => sqs.SendMessageAsync(queueUrl, body);

    public Task SendRequestAsync(string queueUrl, string body) => sqs.SendMessageAsync(new SendMessageRequest(queueUrl, body));

    public Task SendBatchAsync(string queueUrl, IEnumerable<string> bodies)
        => sqs.SendMessageBatchAsync(queueUrl, [.. bodies.Select(static (body, i) => new SendMessageBatchRequestEntry($"{i}", body))]);
}
