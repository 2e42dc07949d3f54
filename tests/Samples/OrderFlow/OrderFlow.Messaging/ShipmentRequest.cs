namespace OrderFlow.Messaging;

/// <summary>Asks for a paid order to be sent; the body of a message on <see cref="Queues.Shipments"/>.</summary>
public sealed record ShipmentRequest(Guid OrderId, string Customer, IReadOnlyList<OrderLine> Lines);
