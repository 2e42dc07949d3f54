using System.Diagnostics;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Authorizes every payment, but is busy when it is first asked, as the real one is now and then.</summary>
internal sealed class SandboxCardGateway : ICardGateway
{
    private int _calls;

    public Task<string> ChargeAsync(string customer, decimal amount)
    {
        using var activity = Telemetry.Source.StartActivity("charge card", ActivityKind.Client);
        activity?.SetTag("payment.amount", amount);
        return Interlocked.Increment(ref _calls) == 1
            ? throw new CardGatewayBusyException()
            : Task.FromResult("sandbox");
    }
}
