using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>When a month is over, has a program of its own pack the invoices of it.</summary>
internal sealed class MonthEnd(TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var month = Month();
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Month() != month)
            {
                await PackAsync(month, stoppingToken);
                month = Month();
            }
        }
    }

    private static async Task PackAsync(string month, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Source.StartActivity("pack invoices");
        activity?.SetTag("month", month);
        using var process = Process.Start("dotnet", ["OrderFlow.Archive.dll", month]);
        await process.WaitForExitAsync(cancellationToken);
    }

    private string Month() => time.GetUtcNow().ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
