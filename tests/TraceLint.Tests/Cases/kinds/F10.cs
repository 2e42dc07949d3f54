// In a project that traces nothing, a publish is at most an information: here is the control, a project that does.
namespace Kinds;
internal sealed class F10(IProducer<string, string> producer)
{
    public async Task Send() { using var activity = T.Source.StartActivity("send"); await producer.ProduceAsync("load", new Message<string, string> { Value = "x" }); }
}
