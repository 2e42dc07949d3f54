using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>What a carrier has to come for; the body of a message on <see cref="Queues.Pickups"/>.</summary>
internal sealed record Pickup(Guid OrderId, string Customer, int Parcels);
