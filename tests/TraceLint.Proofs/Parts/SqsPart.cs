using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Parts;

/// <summary>AWSSDK.SQS, connected to an endpoint in this process, with queues that only one run knows.</summary>
internal sealed class SqsPart : IInlet
{
    public const string Inbox = "inbox";

    private static readonly Lazy<SqsEndpoint> s_endpoint = new(static () => new SqsEndpoint());
    private static readonly Lazy<AmazonSQSClient> s_client = new(static () => new AmazonSQSClient(
        new BasicAWSCredentials("key", "secret"), new AmazonSQSConfig { ServiceURL = s_endpoint.Value.ServiceUrl, MaxErrorRetry = 0 }));

    private readonly string _account = Guid.NewGuid().ToString("N");

    public IAmazonSQS Client { get; } = s_client.Value;

    /// <summary>The URL of a queue, which need not exist yet.</summary>
    public string UrlOf(string queue) => s_endpoint.Value.Create($"{_account}/{queue}");

    public Task SendAsync(string body, IEnumerable<(string Key, string Value)> headers)
        => Client.SendMessageAsync(new SendMessageRequest(UrlOf(Inbox), body)
        {
            MessageAttributes = headers.ToDictionary(static header => header.Key, static header => new MessageAttributeValue { DataType = "String", StringValue = header.Value }),
        });

    /// <summary>Processes every message that was sent to "orders", in a span that is called so.</summary>
    public async Task ReceiveEverythingAsync()
    {
        var request = new ReceiveMessageRequest(UrlOf("orders")) { MessageAttributeNames = ["All"], MaxNumberOfMessages = 10 };
        while (await Client.ReceiveMessageAsync(request) is { Messages: { Count: > 0 } messages })
        {
            foreach (var message in messages)
            {
                Wire.Process("orders", [.. (message.MessageAttributes ?? []).Select(static attribute => (attribute.Key, (string?)attribute.Value.StringValue))]);
            }
        }
    }
}
