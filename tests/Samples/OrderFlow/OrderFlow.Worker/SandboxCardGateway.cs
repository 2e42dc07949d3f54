using System.Diagnostics;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Authorizes every payment.</summary>
internal sealed class SandboxCardGateway : ICardGateway
{
    public Task<string> ChargeAsync(string customer, decimal amount)
    {
        using var activity = Telemetry.Source.StartActivity("charge card", ActivityKind.Client);
        activity?.SetTag("payment.amount", amount);
        return Task.FromResult("sandbox");
    }
}
