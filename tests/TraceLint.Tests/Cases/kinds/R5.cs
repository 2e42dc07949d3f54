// Carriers that are made where they can be seen: by an extension, in a field, by default, through LINQ and through tuples.
namespace Kinds;
internal sealed record Sent(string Value, Headers? Headers = null);
internal sealed class Builder
{
    private readonly Headers _headers = new();
    public Builder With(string name, string value) { _headers.Add(name, Encoding.UTF8.GetBytes(value)); return this; }
    public Message<string, string> Build(string value) => new() { Value = value, Headers = _headers };
}
internal sealed class R5(IProducer<string, string> producer)
{
    public async Task Field() => await producer.ProduceAsync("a", new Builder().With("event-id", "1").Build("x"));

    public async Task Optional() => await Send(new Sent("x"));

    private Task Send(Sent sent) => producer.ProduceAsync("a", new Message<string, string> { Value = sent.Value, Headers = sent.Headers ?? new() });

    public async Task Select(string[] values)
    {
        foreach (var message in values.Select(value => value.Trim()).Select(value => new Message<string, string> { Value = value })) await producer.ProduceAsync("a", message);
    }

    public async Task Tuple(string value)
    {
        var (key, message) = Make(value);
        await producer.ProduceAsync(key, message);
    }

    private static (string Key, Message<string, string> Message) Make(string value) => ("a", new Message<string, string> { Value = value });

    public async Task Let(string[] values)
    {
        var messages = from value in values let text = value.Trim() let message = new Message<string, string> { Value = text } select message;
        foreach (var message in messages) await producer.ProduceAsync("a", message);
    }
}
