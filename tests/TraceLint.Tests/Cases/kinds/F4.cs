// Nothing is current around the root span of a background service: without it there is nothing to inject.
namespace Kinds;
internal sealed class F4(IProducer<string, string> producer) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var activity = T.Source.StartActivity("tick");
            var message = new Message<string, string> { Value = "tick", Headers = new Headers() };
            if (activity is not null)
            {
                message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(activity.Id!));
                message.Headers.Add("tracestate", Encoding.UTF8.GetBytes(activity.TraceStateString ?? ""));
            }

            await producer.ProduceAsync("ticks", message, stop);
            await Task.Delay(1000, stop);
        }
    }
}
