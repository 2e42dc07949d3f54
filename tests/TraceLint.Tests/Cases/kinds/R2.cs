// The queues that everybody writes around a channel, and the blocks that read besides ActionBlock.
namespace Kinds;
using System.Threading.Tasks.Dataflow;
internal sealed record Mail(string To);
internal sealed class MailQueue
{
    private readonly Channel<Mail> _channel = Channel.CreateUnbounded<Mail>();
    public ValueTask EnqueueAsync(Mail mail) => _channel.Writer.WriteAsync(mail);
    public ValueTask<Mail> DequeueAsync(CancellationToken stop) => _channel.Reader.ReadAsync(stop);
}
internal sealed class MailWorker(MailQueue queue, Store store) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var mail = await queue.DequeueAsync(stop);
            using var activity = T.Source.StartActivity("mail");
            await store.SaveAsync(mail.To);
        }
    }
}
internal sealed class MailController(MailQueue queue) : ControllerBase
{
    public async Task Send(string to) => await queue.EnqueueAsync(new Mail(to));
}
internal sealed record Photo(string Path);
internal interface IPhotoQueue { ValueTask AddAsync(Photo photo); IAsyncEnumerable<Photo> ReadAllAsync(CancellationToken stop); }
internal sealed class PhotoQueue : IPhotoQueue
{
    private readonly Channel<Photo> _channel = Channel.CreateBounded<Photo>(10);
    public async ValueTask AddAsync(Photo photo) => await _channel.Writer.WriteAsync(photo);
    public IAsyncEnumerable<Photo> ReadAllAsync(CancellationToken stop) => _channel.Reader.ReadAllAsync(stop);
}
internal sealed class PhotoWorker(IPhotoQueue queue, Store store) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await foreach (var photo in queue.ReadAllAsync(stop))
        {
            using var activity = T.Source.StartActivity("photo");
            await store.SaveAsync(photo.Path);
        }
    }
}
internal sealed class PhotoController(IPhotoQueue queue) : ControllerBase
{
    public async Task Post(string path) => await queue.AddAsync(new Photo(path));
}
internal sealed record Price(string Article);
internal sealed class PriceBlock
{
    private readonly TransformBlock<Price, string> _block = new(static price => { using var activity = T.Source.StartActivity("price"); return price.Article; });
    public void Post(string article) { using var activity = T.Source.StartActivity("post"); _block.Post(new Price(article)); }
}
internal sealed record Parcel(string[] Items);
internal sealed class ParcelBlock
{
    private readonly TransformManyBlock<Parcel, string> _block = new(static parcel => { using var activity = T.Source.StartActivity("parcel"); return parcel.Items; });
    public void Post(string item) { using var activity = T.Source.StartActivity("post"); _block.Post(new Parcel([item])); }
}
internal sealed record Note(string Text);
internal sealed class AnyQueue(Channel<object> channel, Store store)
{
    public async Task Put(string text) { using var activity = T.Source.StartActivity("put"); await channel.Writer.WriteAsync(new Note(text)); }

    public async Task Read(CancellationToken stop)
    {
        await foreach (var item in channel.Reader.ReadAllAsync(stop))
        {
            if (item is Note note) { using var activity = T.Source.StartActivity("note"); await store.SaveAsync(note.Text); }
        }
    }
}
internal sealed record Job(string Name, Func<string, Task> Run);
internal sealed class JobQueue(Channel<Job> channel, Store store)
{
    public async Task Put(string name) { using var activity = T.Source.StartActivity("put"); await channel.Writer.WriteAsync(new Job(name, store.SaveAsync)); }

    public async Task Read(CancellationToken stop)
    {
        await foreach (var job in channel.Reader.ReadAllAsync(stop)) { using var activity = T.Source.StartActivity("job"); await job.Run(job.Name); }
    }
}
internal sealed class WorkQueue
{
    private readonly Channel<Func<CancellationToken, Task>> _channel = Channel.CreateUnbounded<Func<CancellationToken, Task>>();
    public ValueTask QueueAsync(Func<CancellationToken, Task> work) => _channel.Writer.WriteAsync(work);
    public ValueTask<Func<CancellationToken, Task>> NextAsync(CancellationToken stop) => _channel.Reader.ReadAsync(stop);
}
internal sealed class WorkService(WorkQueue queue) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var work = await queue.NextAsync(stop);
            await work(stop);
        }
    }
}
internal sealed class WorkController(WorkQueue queue, Store store) : ControllerBase
{
    public async Task Start(string id) => await queue.QueueAsync(async stop => { using var activity = T.Source.StartActivity("work"); await store.SaveAsync(id); });
}
