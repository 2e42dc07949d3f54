namespace OrderFlow.Messaging;

/// <summary>Sets stock aside for one line of an order; the value of a message on <see cref="Topics.Reservations"/>.</summary>
public sealed record StockReservation(Guid OrderId, string Sku, int Quantity);
