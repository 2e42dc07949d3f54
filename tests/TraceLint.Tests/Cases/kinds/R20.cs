// A parent or a link that is empty.
namespace Kinds;
internal sealed class R20(IConsumer<string, string> consumer, Store store)
{
    public void Link(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var result = consumer.Consume(stop);
            using var activity = T.Source.StartActivity("a", ActivityKind.Consumer, default(ActivityContext), links: [new ActivityLink(default)]);
            store.Save(result.Message.Value);
        }
    }

    public void Text(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var result = consumer.Consume(stop);
            using var activity = T.Source.StartActivity("a", ActivityKind.Consumer, parentId: "");
            store.Save(result.Message.Value);
        }
    }

    public void Context(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var result = consumer.Consume(stop);
            using var activity = T.Source.StartActivity("a", ActivityKind.Consumer, new ActivityContext(default, default, ActivityTraceFlags.None));
            store.Save(result.Message.Value);
        }
    }
}
