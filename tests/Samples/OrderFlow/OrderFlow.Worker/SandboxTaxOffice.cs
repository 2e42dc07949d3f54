using System.Diagnostics;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Rejects every invoice: what happens in a sandbox is not taxed.</summary>
internal sealed class SandboxTaxOffice : ITaxOffice
{
    public Task RegisterAsync(InvoiceRequest invoice)
    {
        using var activity = Telemetry.Source.StartActivity("register invoice", ActivityKind.Client);
        activity?.SetTag("invoice.amount", invoice.Amount);
        throw new InvoiceRejectedException("There are no taxes in a sandbox.");
    }
}
