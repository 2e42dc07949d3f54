// Injections that write nothing.
namespace Kinds;
internal sealed class R4(IProducer<string, string> producer)
{
    public async Task Null(string id)
    {
        var headers = new Headers();
        DistributedContextPropagator.Current.Inject(null, headers, static (carrier, name, value) => ((Headers)carrier!).Add(name, Encoding.UTF8.GetBytes(value)));
        await producer.ProduceAsync("a", new Message<string, string> { Value = id, Headers = headers });
    }

    public async Task Setter(string id)
    {
        var headers = new Headers();
        DistributedContextPropagator.Current.Inject(Activity.Current, headers, static (_, _, _) => { });
        await producer.ProduceAsync("a", new Message<string, string> { Value = id, Headers = headers });
    }

    public async Task Baggage(string id)
    {
        var headers = new Headers();
        new OpenTelemetry.Context.Propagation.BaggagePropagator().Inject(new(Activity.Current!.Context, default), headers, static (carrier, name, value) => carrier.Add(name, Encoding.UTF8.GetBytes(value)));
        await producer.ProduceAsync("a", new Message<string, string> { Value = id, Headers = headers });
    }
}
