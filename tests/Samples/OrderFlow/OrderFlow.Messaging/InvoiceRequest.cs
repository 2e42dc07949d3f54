namespace OrderFlow.Messaging;

/// <summary>Asks for the invoice of a paid order; the value of a message on <see cref="Topics.Invoices"/>.</summary>
public sealed record InvoiceRequest(Guid OrderId, string Customer, decimal Amount);
