using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>What is taken off the price, as it was last looked up.</summary>
internal sealed class PriceList : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(5);

    private Timer? _refresh;
    private decimal _discount;

    public decimal PriceOf(Order order)
    {
        EnsureRefreshed();
        return order.Lines.Sum(line => line.Quantity * line.UnitPrice) * (1 - _discount);
    }

    public void Dispose() => _refresh?.Dispose();

    private void EnsureRefreshed()
    {
        if (_refresh is null)
            _refresh = new Timer(_ => Refresh(), null, s_period, s_period);
    }

    private void Refresh()
    {
        using var activity = Telemetry.Source.StartActivity("refresh prices");
        _discount = 0;
    }
}
