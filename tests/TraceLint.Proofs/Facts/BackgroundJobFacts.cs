using System.Diagnostics;
using Hangfire;
using Hangfire.Client;
using Hangfire.InMemory;
using Hangfire.Server;
using Quartz;
using Quartz.Impl;
using TraceLint.Proofs.Flow;

namespace TraceLint.Proofs.Facts;

/// <summary>
/// What the span of a background job continues: nothing, unless the job brings the context along. TL3013 rests on it, and its page shows
/// both ways to carry it.
/// </summary>
[Collection(nameof(FlowTableProofs))]
public sealed class BackgroundJobFacts : IDisposable
{
    private static readonly ActivitySource s_source = new(nameof(BackgroundJobFacts));
    private static TaskCompletionSource<Activity?> s_ran = new();

    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = static source => source.Name == nameof(BackgroundJobFacts),
        Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public BackgroundJobFacts()
    {
        ActivitySource.AddActivityListener(_listener);
        s_ran = new TaskCompletionSource<Activity?>(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Quartz_CarriesWhatIsInTheData(bool isCarried)
    {
        var scheduler = await new StdSchedulerFactory(new System.Collections.Specialized.NameValueCollection
        {
            ["quartz.scheduler.instanceName"] = $"facts-{isCarried}",
            ["quartz.threadPool.maxConcurrency"] = "1",
        }).GetScheduler();
        await scheduler.Start();
        using var accept = s_source.StartActivity("accept")!;
        var job = JobBuilder.Create<QuartzJob>();
        if (isCarried)
        {
            job.UsingJobData("traceparent", Activity.Current?.Id).UsingJobData("tracestate", Activity.Current?.TraceStateString);
        }

        await scheduler.ScheduleJob(job.Build(), TriggerBuilder.Create().StartNow().Build());

        await AssertParentAsync(accept, isCarried);
        await scheduler.Shutdown(waitForJobsToComplete: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hangfire_CarriesWhatAFilterCarries(bool isCarried)
    {
        using var storage = new InMemoryStorage();
        var filters = new Hangfire.Common.JobFilterCollection();
        if (isCarried)
        {
            filters.Add(new TraceFilter());
        }

        using var server = new BackgroundJobServer(
            new BackgroundJobServerOptions { WorkerCount = 1, FilterProvider = filters, SchedulePollingInterval = TimeSpan.FromMilliseconds(50) }, storage);
        using var accept = s_source.StartActivity("accept")!;
        new BackgroundJobClient(storage, filters).Enqueue(() => HangfireJob.Run());

        await AssertParentAsync(accept, isCarried);
    }

    public void Dispose() => _listener.Dispose();

    private static async Task AssertParentAsync(Activity accept, bool isCarried)
    {
        var span = (await s_ran.Task.WaitAsync(TimeSpan.FromSeconds(30)))!;
        Assert.Equal(isCarried, span.TraceId == accept.TraceId);
        Assert.True(isCarried || span.ParentId is null);
    }

    private sealed class QuartzJob : IJob
    {
        public Task Execute(IJobExecutionContext context)
        {
            var data = context.MergedJobDataMap;
            data.TryGetValue("traceparent", out var traceParent);
            data.TryGetValue("tracestate", out var traceState);
            ActivityContext.TryParse(traceParent as string, traceState as string, isRemote: true, out var parent);
            using var span = s_source.StartActivity("job", ActivityKind.Consumer, parent);
            s_ran.TrySetResult(span);
            return Task.CompletedTask;
        }
    }

    public static class HangfireJob
    {
        public static void Run()
        {
            using var span = s_source.StartActivity("job");
            s_ran.TrySetResult(span);
        }
    }

    private sealed class TraceFilter : IClientFilter, IServerFilter
    {
        public void OnCreating(CreatingContext context) => context.SetJobParameter("traceparent", Activity.Current?.Id);

        public void OnCreated(CreatedContext context)
        {
        }

        public void OnPerforming(PerformingContext context)
        {
            ActivityContext.TryParse(context.GetJobParameter<string>("traceparent"), null, isRemote: true, out var parent);
            context.Items["span"] = s_source.StartActivity("perform", ActivityKind.Consumer, parent);
        }

        public void OnPerformed(PerformedContext context) => (context.Items["span"] as IDisposable)?.Dispose();
    }
}
