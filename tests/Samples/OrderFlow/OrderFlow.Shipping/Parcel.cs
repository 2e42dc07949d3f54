using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>What a van can load; the body of a message on <see cref="Queues.Parcels"/>.</summary>
internal sealed record Parcel(Guid OrderId, int Number);
