using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>What is written on a parcel; the body of a message on <see cref="Queues.Labels"/>.</summary>
internal sealed record Label(Guid OrderId, string Customer, int Parcel);
