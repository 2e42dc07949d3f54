namespace OrderFlow.Messaging;

public static class Topics
{
    public const string Orders = "orders";
    public const string Payments = "payments";
    public const string Notices = "notices";
    public const string Invoices = "invoices";
    public const string Audit = "audit";

    /// <summary>Invoices that a person has to look at.</summary>
    public const string InvoicesDeadLetter = "invoices-dead-letter";

    /// <summary>Read by the service that mails receipts to customers.</summary>
    public const string Receipts = "receipts";

    /// <summary>Read by the warehouse team.</summary>
    public const string Reservations = "reservations";

    /// <summary>Read by the recommendations team.</summary>
    public const string Baskets = "baskets";

    /// <summary>Read by the fraud team.</summary>
    public const string OrdersReview = "orders-review";

    /// <summary>Read by the analytics team.</summary>
    public const string Sales = "sales";
}
