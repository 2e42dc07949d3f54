namespace OrderFlow.Shipping;

/// <summary>Parcels that nobody comes for yet.</summary>
internal sealed record LateBooking(Guid OrderId, int Parcels);
