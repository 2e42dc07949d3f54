using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>The authority that wants to know of every invoice.</summary>
public interface ITaxOffice
{
    /// <exception cref="InvoiceRejectedException">It does not accept the invoice, now or later.</exception>
    Task RegisterAsync(InvoiceRequest invoice);
}

public sealed class InvoiceRejectedException(string reason) : Exception(reason);
