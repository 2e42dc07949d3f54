using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Rules;

public partial class TL3013_JobWithoutContextSilentTests
{
    private static Task Hangfire(string members, string types = Mailer, Setup? setup = null)
        => Verify<TL3013_JobWithoutContext>.Rule(JobCode.Hangfire(members, types), (setup ?? Setup.Hangfire) with { IsProgram = true });

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

    private const string Accept = """
        public void Accept(IBackgroundJobClient jobs, Order order)
        {
            using var activity = source.StartActivity("accept");
            jobs.Enqueue<Mailer>(mailer => mailer.Send(order.Id));
        }
        """;

    [Fact]
    public Task Hangfire_NoSpan() => Hangfire("""
        public void Accept(IBackgroundJobClient jobs, Order order) => jobs.Enqueue<Mailer>(mailer => mailer.Send(order.Id));
        """);

    [Fact]
    public Task Hangfire_JobStartsNoSpan() => Hangfire(Accept, """
        public class Mailer(IWork work)
        {
            public Task Send(string id) => work.DoAsync(id);
        }
        """);

    [Fact]
    public Task Hangfire_Recurring() => Hangfire("""
        public void Accept(IRecurringJobManager jobs)
        {
            using var activity = source.StartActivity("configure");
            jobs.AddOrUpdate<Mailer>("mails", mailer => mailer.Send("all"), Cron.Daily());
            RecurringJob.AddOrUpdate<Mailer>("mails", mailer => mailer.Send("all"), Cron.Daily);
        }
        """);

    [Theory]
    [InlineData("OpenTelemetry.Instrumentation.Hangfire")]
    [InlineData("Datadog.Trace")]
    public Task Hangfire_AddOn(string assembly) => Hangfire(Accept, setup: Setup.Hangfire with
    {
        References = Setup.Hangfire.References.Add(References.Named(assembly)),
    });

    [Fact]
    public Task Hangfire_DeclaredAsInstrumented()
        => Hangfire(Accept, setup: Setup.Hangfire with { Config = "tracelint.instrumented_transports = hangfire" });

    [Fact]
    public Task Hangfire_FilterOfTheProjectCarriesIt() => Hangfire(Accept, Mailer + """

        public class TraceFilter : IClientFilter
        {
            public void OnCreating(CreatingContext context) => context.SetJobParameter("traceparent", Activity.Current?.Id);
            public void OnCreated(CreatedContext context) { }
        }
        """);

    [Fact]
    public Task Hangfire_FilterOfAnotherLibrary()
    {
        var filters = References.StubOver("Company.Jobs", "public class CompanyFilter : Hangfire.Common.JobFilterAttribute { }", References.Hangfire);
        return Hangfire("""
            public void Accept(IBackgroundJobClient jobs)
            {
                GlobalJobFilters.Filters.Add(new CompanyFilter());
                using var activity = source.StartActivity("accept");
                jobs.Enqueue<Mailer>(mailer => mailer.Send("1"));
            }
            """,
            setup: Setup.Hangfire with { References = Setup.Hangfire.References.Add(filters) });
    }

    [Fact]
    public Task Hangfire_AttributeOfAnotherLibrary()
    {
        var filters = References.StubOver("Company.Jobs", "public class CompanyAttribute : Hangfire.Common.JobFilterAttribute { }", References.Hangfire);
        return Hangfire(
            Accept,
            Mailer.Replace("public class", "[Company]\npublic class", StringComparison.Ordinal),
            Setup.Hangfire with { References = Setup.Hangfire.References.Add(filters) });
    }

    [Fact]
    public Task Hangfire_ContextIsAnArgument() => Hangfire(
        """
        public void Accept(IBackgroundJobClient jobs)
        {
            using var activity = source.StartActivity("accept");
            jobs.Enqueue<Mailer>(mailer => mailer.Send("1", Activity.Current!.Id));
            jobs.Enqueue<Mailer>(mailer => mailer.SendAll(new Dictionary<string, string>()));
        }
        """,
        """
        public class Mailer
        {
            public void Send(string id, string? caller)
            {
                using var activity = Tracing.Source.StartActivity("mail");
            }

            public void SendAll(Dictionary<string, string> parts)
            {
                using var activity = Tracing.Source.StartActivity("mail");
            }
        }
        """);

    [Fact]
    public Task Hangfire_JobPassesParent() => Hangfire(Accept, """
        public class Mailer
        {
            public void Send(string id)
            {
                using var activity = Tracing.Source.StartActivity("mail", ActivityKind.Internal, Parents.Of(id));
            }
        }

        public static class Parents
        {
            public static ActivityContext Of(string id) => default;
        }
        """);

    [Fact]
    public Task Hangfire_JobCreatesItselfAgain() => Hangfire(
        """
        public void Nothing() { }
        """,
        """
        public class Poller(IBackgroundJobClient jobs)
        {
            public void Poll()
            {
                using var activity = Tracing.Source.StartActivity("poll");
                jobs.Schedule<Poller>(poller => poller.Poll(), TimeSpan.FromMinutes(1));
            }
        }
        """);

    [Fact]
    public Task Hangfire_ServerStartsInsideTheSpan() => Hangfire("""
        public void Accept()
        {
            using var activity = source.StartActivity("all");
            using var server = new BackgroundJobServer();
            BackgroundJob.Enqueue<Mailer>(mailer => mailer.Send("1"));
        }
        """);

    [Fact]
    public Task Hangfire_OnlyOneImplementationStartsSpans() => Hangfire(
        """
        public void Accept(IBackgroundJobClient jobs)
        {
            using var activity = source.StartActivity("accept");
            jobs.Enqueue<IMailer>(mailer => mailer.Send("1"));
        }
        """,
        """
        public interface IMailer
        {
            void Send(string id);
        }

        public class Mailer : IMailer
        {
            public void Send(string id)
            {
                using var activity = Tracing.Source.StartActivity("mail");
            }
        }

        public class Printer : IMailer
        {
            public void Send(string id) { }
        }
        """);

    [Fact]
    public Task Hangfire_OwnMethodOfTheSameName() => Hangfire("""
        public void Accept(Mailer mailer)
        {
            using var activity = source.StartActivity("accept");
            Enqueue(() => mailer.Send("1"));
        }

        private void Enqueue(Func<Task> work) { }
        """);
}
