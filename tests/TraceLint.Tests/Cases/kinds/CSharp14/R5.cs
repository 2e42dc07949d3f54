// An extension block, which is a language of its own.
namespace Kinds;
internal static class Sending
{
    extension(IProducer<string, string> producer)
    {
        public Task SendAsync(string text) => producer.ProduceAsync("a", new Message<string, string> { Value = text });
    }

    extension(Message<string, string> message)
    {
        public Message<string, string> Stamped() { message.Headers ??= new Headers(); message.Headers.Add("event-id", "1"u8.ToArray()); return message; }

        public Message<string, string> Traced() { message.Headers ??= new Headers(); T.Inject(message.Headers); return message; }
    }
}
internal sealed class R5E(IProducer<string, string> producer)
{
    public async Task Stamped() => await producer.ProduceAsync("a", new Message<string, string> { Value = "x" }.Stamped());

    public async Task Silent() => await producer.ProduceAsync("a", new Message<string, string> { Value = "x" }.Traced());
}
