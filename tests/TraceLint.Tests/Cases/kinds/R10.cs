// Without the span the message leaves without a context; the context around it is lost.
namespace Kinds;
internal sealed class R10(IAmazonSQS sqs)
{
    public async Task Send(string url, string body)
    {
        using var activity = T.Source.StartActivity("send", ActivityKind.Producer);
        if (activity is null) { await sqs.SendMessageAsync(url, body); return; }
        var request = new SendMessageRequest(url, body) { MessageAttributes = new Dictionary<string, MessageAttributeValue>() };
        DistributedContextPropagator.Current.Inject(activity, request.MessageAttributes, static (carrier, name, value)
            => ((Dictionary<string, MessageAttributeValue>)carrier!)[name] = new MessageAttributeValue { DataType = "String", StringValue = value });
        await sqs.SendMessageAsync(request);
    }
}
