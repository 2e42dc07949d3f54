using System.Globalization;
using Microsoft.CodeAnalysis;
using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Rules;

public partial class TL3013_JobWithoutContextTests
{
    [Theory]
    [InlineData(true, DiagnosticSeverity.Warning)]
    [InlineData(false, DiagnosticSeverity.Info)]
    public async Task SeverityAndMessage(bool isProgram, DiagnosticSeverity severity)
    {
        var source = JobCode.Hangfire("""
            public void Accept(IBackgroundJobClient jobs, Order order)
            {
                using var activity = source.StartActivity("accept");
                jobs.Enqueue<Mailer>(mailer => mailer.Send(order.Id));
            }
            """, Mailer);

        var compilation = RuleCase.Compile(new Snippet("", null, null, source, [], Setup.Hangfire with { IsProgram = isProgram }));
        var reported = Assert.Single(await Analysis.RunAsync(compilation, settings: null, new TL3013_JobWithoutContext()));

        Assert.Equal(severity, reported.Severity);
        Assert.Equal(
            "Enqueue creates a job without trace context, so the span at Test0.cs:29 has no parent; carry it in a job filter", reported.GetMessage(CultureInfo.InvariantCulture));
    }
}
