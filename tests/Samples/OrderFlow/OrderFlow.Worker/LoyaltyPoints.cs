using System.Collections.Concurrent;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Books the points that a customer gets for an order. Nobody has to wait for that.</summary>
internal sealed class LoyaltyPoints
{
    private readonly ConcurrentDictionary<string, int> _points = [];

    public void Award(string customer, decimal amount)
    {
        using var activity = Telemetry.Source.StartActivity("award points");

        _ = Task.Run(async () =>
        {
            var points = await BookAsync(customer, (int)amount);
            activity?.SetTag("loyalty.points", points);
        });
    }

    private async Task<int> BookAsync(string customer, int points)
    {
        await Task.Yield();
        return _points.AddOrUpdate(customer, points, (_, before) => before + points);
    }
}
