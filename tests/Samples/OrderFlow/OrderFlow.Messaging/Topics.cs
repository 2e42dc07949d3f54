namespace OrderFlow.Messaging;

public static class Topics
{
    public const string Orders = "orders";
    public const string Payments = "payments";

    /// <summary>Read by the service that mails receipts to customers.</summary>
    public const string Receipts = "receipts";

    /// <summary>Read by the warehouse team.</summary>
    public const string Reservations = "reservations";

    /// <summary>Read by the compliance team.</summary>
    public const string Audit = "audit";
}
