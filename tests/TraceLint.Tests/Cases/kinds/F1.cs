// A reader of a queue that runs in the span of the writer has its parent.
namespace Kinds;
internal sealed record Part(string Id);
internal sealed record Line(string Id);
internal sealed record Step(string Id);
internal sealed class F1(Store store)
{
    public async Task Local(string[] ids)
    {
        using var activity = T.Source.StartActivity("all");
        var parts = Channel.CreateUnbounded<Part>();
        var reader = Task.Run(async () =>
        {
            await foreach (var part in parts.Reader.ReadAllAsync()) { using var one = T.Source.StartActivity("part"); await store.SaveAsync(part.Id); }
        });
        foreach (var id in ids) await parts.Writer.WriteAsync(new Part(id));
        parts.Writer.Complete();
        await reader;
    }

    private readonly System.Collections.Concurrent.ConcurrentQueue<Line> _lines = new();

    public void Add(string id) { using var activity = T.Source.StartActivity("add"); _lines.Enqueue(new Line(id)); }

    public void Flush() { using var activity = T.Source.StartActivity("flush"); while (_lines.TryDequeue(out var line)) store.Save(line.Id); }

    private readonly System.Collections.Concurrent.ConcurrentStack<Step> _done = new();

    public void Do(string id) { using var activity = T.Source.StartActivity("do"); _done.Push(new Step(id)); }

    public void Undo() { if (_done.TryPop(out var step)) { using var activity = T.Source.StartActivity("undo"); store.Save(step.Id); } }
}
