using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>What to fetch from the shelves; the body of a message on <see cref="Queues.Picks"/>.</summary>
internal sealed record Pick(Guid OrderId, string Sku, int Quantity);
