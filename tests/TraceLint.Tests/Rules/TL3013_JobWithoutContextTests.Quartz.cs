using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Rules;

public partial class TL3013_JobWithoutContextTests
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

    private static Task Quartz(string members, string types = SendMail)
        => Verify<TL3013_JobWithoutContext>.Rule(JobCode.Quartz(members, types), Setup.Quartz3 with { IsProgram = true });

    [Fact]
    public Task Quartz_ScheduledInsideSpan() => Quartz("""
        public async Task Accept(IScheduler scheduler, Order order)
        {
            using var activity = source.StartActivity("accept");
            var job = JobBuilder.Create<SendMail>().WithIdentity(order.Id).UsingJobData("order", order.Id).Build();
            var trigger = TriggerBuilder.Create().StartNow().UsingJobData("retries", 3).Build();
            await scheduler.[|ScheduleJob|](job, trigger);
        }
        """);

    [Fact]
    public Task Quartz_SchedulerFromFactory_InPlace() => Quartz("""
        private readonly ISchedulerFactory _factory = null!;

        public async Task Accept(Order order, CancellationToken cancellation)
        {
            using var activity = source.StartActivity("accept");
            var scheduler = await _factory.GetScheduler(cancellation);
            var data = new JobDataMap { ["order"] = order.Id };
            data.Put("count", 1);
            await scheduler.[|ScheduleJob|](
                JobBuilder.Create(typeof(SendMail)).SetJobData(data).Build(),
                TriggerBuilder.Create().StartAt(DateTimeOffset.UtcNow.AddMinutes(5)).Build(),
                cancellation);
        }
        """);

    [Fact]
    public Task Quartz_Triggered() => Quartz("""
        public async Task Accept(IScheduler scheduler, Order order)
        {
            using var activity = source.StartActivity("accept");
            await scheduler.[|TriggerJob|](SendMail.Key);
            await scheduler.[|TriggerJob|](new JobKey(nameof(SendMail)), new JobDataMap { { "order", order.Id } });
            var key = JobKey.Create(typeof(SendMail).Name);
            await scheduler.[|TriggerJob|](key);
        }
        """);

    [Fact]
    public Task Quartz_SpanIsInTheBaseClass() => Quartz(
        """
        public async Task Accept(IScheduler scheduler)
        {
            using var activity = source.StartActivity("accept");
            await scheduler.[|ScheduleJob|](JobBuilder.Create<SendMail>().Build(), TriggerBuilder.Create().Build());
        }
        """,
        """
        public abstract class TracedJob : IJob
        {
            public async Task Execute(IJobExecutionContext context)
            {
                using var activity = Tracing.Source.StartActivity(GetType().Name);
                await Run(context);
            }

            protected abstract Task Run(IJobExecutionContext context);
        }

        public class SendMail : TracedJob
        {
            protected override Task Run(IJobExecutionContext context) => Task.Delay(1);
        }
        """);

    [Fact]
    public Task Quartz_ListenerThatHasNothingToDoWithTracing() => Quartz(
        """
        public async Task Accept(IScheduler scheduler)
        {
            using var activity = source.StartActivity("accept");
            await scheduler.[|TriggerJob|](SendMail.Key);
        }
        """,
        SendMail + """

        public class Log : IJobListener
        {
            public string Name => "log";
            public Task JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellation = default) => Task.CompletedTask;
            public Task JobExecutionVetoed(IJobExecutionContext context, CancellationToken cancellation = default) => Task.CompletedTask;
            public Task JobWasExecuted(IJobExecutionContext context, JobExecutionException? error, CancellationToken cancellation = default)
                => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Quartz4() => Verify<TL3013_JobWithoutContext>.Rule(
        JobCode.Quartz(
            """
            public async Task Accept(IScheduler scheduler, Order order)
            {
                using var activity = source.StartActivity("accept");
                var job = JobBuilder.Create<SendMail>().UsingJobData("order", order.Id).Build();
                await scheduler.[|ScheduleJob|](job, TriggerBuilder.Create().StartNow().Build());
                await scheduler.[|TriggerJob|](SendMail.Key);
            }
            """,
            SendMail.Replace("Task Execute(IJobExecutionContext context)", "ValueTask Execute(IJobExecutionContext context, CancellationToken cancellation)", StringComparison.Ordinal)),
        Setup.Quartz with { IsProgram = true });
}
