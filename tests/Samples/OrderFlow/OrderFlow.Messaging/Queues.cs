namespace OrderFlow.Messaging;

public static class Queues
{
    public const string Shipments = "shipments";
    public const string Picks = "picks";
    public const string Pickups = "pickups";
    public const string Labels = "labels";
    public const string Parcels = "parcels";

    /// <summary>Read by the app in which customers follow their parcels.</summary>
    public const string Tracking = "tracking";

    /// <summary>As many messages fit in one batch.</summary>
    public const int MaxBatch = 10;
}
