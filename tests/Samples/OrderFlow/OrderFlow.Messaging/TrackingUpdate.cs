namespace OrderFlow.Messaging;

/// <summary>Where the parcels of an order are; the body of a message on <see cref="Queues.Tracking"/>.</summary>
public sealed record TrackingUpdate(Guid OrderId, string Status);
