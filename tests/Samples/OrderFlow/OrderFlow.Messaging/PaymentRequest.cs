namespace OrderFlow.Messaging;

/// <summary>Asks for an order to be paid; the value of a message on <see cref="Topics.Payments"/>.</summary>
public sealed record PaymentRequest(Guid OrderId, string Customer, IReadOnlyList<OrderLine> Lines, decimal Amount);
