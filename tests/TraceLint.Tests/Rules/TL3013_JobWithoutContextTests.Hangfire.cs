using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Rules;

public partial class TL3013_JobWithoutContextTests
{
    private static Task Hangfire(string members, string types = Mailer)
        => Verify<TL3013_JobWithoutContext>.Rule(JobCode.Hangfire(members, types), Setup.Hangfire with { IsProgram = true });

    private const string Mailer = """
        public class Mailer(IWork work)
        {
            public async Task Send(string id)
            {
                using var activity = Tracing.Source.StartActivity("mail");
                await work.DoAsync(id);
            }
        }
        """;

    [Fact]
    public Task Hangfire_EnqueuedInsideSpan() => Hangfire("""
        public void Accept(IBackgroundJobClient jobs, Order order)
        {
            using var activity = source.StartActivity("accept");
            jobs.[|Enqueue|]<Mailer>(mailer => mailer.Send(order.Id));
        }
        """);

    [Fact]
    public Task Hangfire_StaticApi() => Hangfire("""
        public void Accept(Mailer mailer, string queue)
        {
            using (source.StartActivity("accept"))
            {
                var first = BackgroundJob.[|Enqueue|](() => mailer.Send("1"));
                BackgroundJob.[|ContinueJobWith|](first, () => mailer.Send("2"));
                BackgroundJob.[|Enqueue|]<Mailer>("mails", other => other.Send("3"));
                BackgroundJob.[|Schedule|]<Mailer>(other => other.Send("4"), TimeSpan.FromMinutes(5));
            }
        }
        """);

    [Fact]
    public Task Hangfire_InRequest() => Hangfire(
        """
        public void Nothing() { }
        """,
        Mailer + """

        public abstract class ControllerBase { }

        public class OrdersController(IBackgroundJobClient jobs) : ControllerBase
        {
            public void Post(Order order) => jobs.[|Enqueue|]<Mailer>(mailer => mailer.Send(order.Id));
        }
        """);

    [Fact]
    public Task Hangfire_CallerIsInsideSpan_JobCallsHelper() => Hangfire(
        """
        public void Accept(IBackgroundJobClient jobs)
        {
            using var activity = source.StartActivity("accept");
            Queue(jobs, "1");
        }

        private void Queue(IBackgroundJobClient jobs, string id) => jobs.[|Enqueue|]<Report>(report => report.Run(id, CancellationToken.None, null));
        """,
        """
        public class Report
        {
            public Task Run(string id, CancellationToken cancellation, PerformContext? context) => Render(id);

            private async Task Render(string id)
            {
                using var activity = Tracing.Source.StartActivity("render", ActivityKind.Consumer);
                await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Hangfire_JobBehindInterface() => Hangfire(
        """
        public void Accept(IBackgroundJobClient jobs)
        {
            using var activity = source.StartActivity("accept");
            jobs.[|Enqueue|]<IMailer>(mailer => mailer.Send("1"));
        }
        """,
        """
        public interface IMailer
        {
            void Send(string id);
        }

        public class Mailer : IMailer
        {
            [AutomaticRetry(Attempts = 3)]
            public void Send(string id)
            {
                using var activity = Tracing.Source.StartActivity("mail");
            }
        }
        """);

    [Fact]
    public Task Hangfire_FilterThatHasNothingToDoWithTracing() => Hangfire(
        """
        public void Accept(IBackgroundJobClient jobs)
        {
            GlobalConfiguration.Configuration.UseFilter(new AutomaticRetryAttribute { Attempts = 5 });
            using var activity = source.StartActivity("accept");
            jobs.[|Enqueue|]<Mailer>(mailer => mailer.Send("1"));
        }
        """,
        Mailer + """

        public class TenantFilter : IClientFilter
        {
            public void OnCreating(CreatingContext context) => context.SetJobParameter("tenant", "1");
            public void OnCreated(CreatedContext context) { }
        }
        """);
}
