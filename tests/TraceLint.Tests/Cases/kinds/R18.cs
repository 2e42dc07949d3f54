// The span above the one that runs is no parent of what it sends.
namespace Kinds;
internal sealed class R18(IProducer<string, string> producer)
{
    public async Task Send(string id)
    {
        using var activity = T.Source.StartActivity("send", ActivityKind.Producer);
        var headers = new Headers();
        if (Activity.Current?.ParentId is { } cause) headers.Add("traceparent", Encoding.UTF8.GetBytes(cause));
        await producer.ProduceAsync("a", new Message<string, string> { Value = id, Headers = headers });
    }
}
