using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Rules;

public partial class TL3013_JobWithoutContextSilentTests
{
    private const string SendMail = """
        public class SendMail : IJob
        {
            public static readonly JobKey Key = new JobKey("mail");

            public async Task Execute(IJobExecutionContext context)
            {
                using var activity = Tracing.Source.StartActivity("mail");
                await Task.Delay(1);
            }
        }
        """;

    private static Task Quartz(string members, string types = SendMail, Setup? setup = null)
        => Verify<TL3013_JobWithoutContext>.Rule(JobCode.Quartz(members, types), (setup ?? Setup.Quartz3) with { IsProgram = true });

    private static Task Scheduled(string statements, string members = "") => Quartz($$"""
        public async Task Accept(IScheduler scheduler, Order order, JobDataMap given)
        {
            using var activity = source.StartActivity("accept");
            var once = TriggerBuilder.Create().StartNow().Build();
            var job = JobBuilder.Create<SendMail>().Build();
            {{statements}}
        }

        {{members}}
        """);

    [Fact]
    public Task Quartz_NoSpan() => Quartz("""
        public Task Accept(IScheduler scheduler) => scheduler.TriggerJob(SendMail.Key);
        """);

    [Theory]
    [InlineData("WithCronSchedule(\"0 0 * * * ?\")")]
    [InlineData("WithSimpleSchedule(schedule => schedule.WithIntervalInMinutes(5).RepeatForever())")]
    [InlineData("WithDailyTimeIntervalSchedule(schedule => schedule.OnEveryDay())")]
    public Task Quartz_Recurring(string schedule) => Scheduled($"await scheduler.ScheduleJob(job, TriggerBuilder.Create().{schedule}.Build());");

    [Fact]
    public Task Quartz_TriggerIsNotVisible() => Scheduled("await scheduler.ScheduleJob(job, Make());", "private ITrigger Make() => null!;");

    [Theory]
    [InlineData("""await scheduler.TriggerJob(SendMail.Key, new JobDataMap { ["traceparent"] = Activity.Current?.Id! });""")]
    [InlineData("""await scheduler.TriggerJob(SendMail.Key, new JobDataMap { { "correlation-id", order.Id } });""")]
    [InlineData("await scheduler.TriggerJob(SendMail.Key, given);")]
    [InlineData("await scheduler.TriggerJob(SendMail.Key, new JobDataMap((IDictionary<string, object>)given));")]
    [InlineData("""given.Put("parent", order.Id); await scheduler.ScheduleJob(job, once);""")]
    [InlineData("given.Put(order.Id, 1); await scheduler.ScheduleJob(job, once);")]
    [InlineData("""job.JobDataMap["TraceId"] = Activity.Current?.Id!; await scheduler.ScheduleJob(job, once);""")]
    [InlineData("""
        await scheduler.ScheduleJob(JobBuilder.Create<SendMail>().UsingJobData("trace-context", activity?.Id).Build(), once);
        """)]
    [InlineData("""
        await scheduler.ScheduleJob(job, TriggerBuilder.Create().UsingJobData("Diagnostic-Id", activity?.Id).Build());
        """)]
    public Task Quartz_DataMayBeAContext(string statements) => Scheduled(statements);

    [Fact]
    public Task Quartz_HelperFillsTheData()
        => Scheduled("Fill(job.JobDataMap); await scheduler.ScheduleJob(job, once);", "private static void Fill(JobDataMap data) { }");

    [Fact]
    public Task Quartz_HelperFillsTheJob() => Scheduled(
        "await scheduler.ScheduleJob(Fill(JobBuilder.Create<SendMail>()).Build(), once);",
        "private static JobBuilder Fill(JobBuilder job) => job;");

    [Fact]
    public Task Quartz_JobReadsAContext() => Quartz(
        """
        public async Task Accept(IScheduler scheduler)
        {
            using var activity = source.StartActivity("accept");
            await scheduler.TriggerJob(new JobKey(nameof(SendMail)));
        }
        """,
        """
        public class SendMail : IJob
        {
            public Task Execute(IJobExecutionContext context)
            {
                ActivityContext.TryParse(context.MergedJobDataMap.GetString("p"), null, true, out var parent);
                using var activity = Tracing.Source.StartActivity("mail", ActivityKind.Consumer, parent);
                return Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task Quartz_OnlyAnotherJobStartsSpans() => Quartz(
        """
        public async Task Accept(IScheduler scheduler)
        {
            using var activity = source.StartActivity("accept");
            await scheduler.ScheduleJob(JobBuilder.Create<Quiet>().Build(), TriggerBuilder.Create().Build());
        }
        """,
        """
        public abstract class Job : IJob
        {
            public Task Execute(IJobExecutionContext context) => Run(context);

            protected abstract Task Run(IJobExecutionContext context);
        }

        public class Quiet : Job
        {
            protected override Task Run(IJobExecutionContext context) => Task.CompletedTask;
        }

        public class SendMail : Job
        {
            protected override async Task Run(IJobExecutionContext context)
            {
                using var activity = Tracing.Source.StartActivity("mail");
                await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Quartz_KeyIsNotVisible() => Scheduled("""
        await scheduler.TriggerJob(new JobKey("mail"));
        await scheduler.TriggerJob(new JobKey(order.Id));
        """);

    [Theory]
    [InlineData("""
        public class Listener : IJobListener
        {
            public string Name => "tracing";
            public Task JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellation = default)
            {
                Activity.Current = Tracing.Source.StartActivity("job");
                return Task.CompletedTask;
            }
            public Task JobExecutionVetoed(IJobExecutionContext context, CancellationToken cancellation = default) => Task.CompletedTask;
            public Task JobWasExecuted(IJobExecutionContext context, JobExecutionException? error, CancellationToken cancellation = default)
                => Task.CompletedTask;
        }
        """)]
    [InlineData("""
        public class TracedJob(IJob inner) : IJob
        {
            public async Task Execute(IJobExecutionContext context)
            {
                using var activity = Tracing.Source.StartActivity("job");
                await inner.Execute(context);
            }
        }
        """)]
    public Task Quartz_SomethingOfTheProjectTracesEveryJob(string type) => Quartz(
        """
        public async Task Accept(IScheduler scheduler)
        {
            using var activity = source.StartActivity("accept");
            await scheduler.TriggerJob(SendMail.Key);
        }
        """,
        SendMail + "\n\n" + type);

    [Theory]
    [InlineData("OpenTelemetry.Instrumentation.Quartz")]
    [InlineData("Elastic.Apm")]
    public Task Quartz_AddOn(string assembly) => Quartz(
        """
        public async Task Accept(IScheduler scheduler)
        {
            using var activity = source.StartActivity("accept");
            await scheduler.TriggerJob(SendMail.Key);
        }
        """,
        setup: Setup.Quartz3 with { References = Setup.Quartz3.References.Add(References.Named(assembly)) });

    [Fact]
    public Task Quartz_ItsOwnSpansAreListenedTo() => Scheduled("""
        new Builder().AddSource("sample", "Quartz");
        await scheduler.ScheduleJob(job, once);
        """, """
        private class Builder
        {
            public Builder AddSource(params string[] names) => this;
        }
        """);

    [Fact]
    public Task Quartz_SchedulerStartsInsideTheSpan() => Scheduled("""
        await scheduler.Start();
        await scheduler.ScheduleJob(job, once);
        """);

    [Fact]
    public Task Quartz_JobSchedulesItselfAgain() => Quartz(
        """
        public void Nothing() { }
        """,
        """
        public class Poll : IJob
        {
            public async Task Execute(IJobExecutionContext context)
            {
                using var activity = Tracing.Source.StartActivity("poll");
                var trigger = TriggerBuilder.Create().StartAt(DateTimeOffset.UtcNow.AddMinutes(1)).Build();
                await context.Scheduler.ScheduleJob(JobBuilder.Create<Poll>().Build(), trigger);
            }
        }
        """);
}
