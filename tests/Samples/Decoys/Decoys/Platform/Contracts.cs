namespace Decoys.Platform;

public sealed record OrderLine(string Sku, int Quantity, decimal Price);

public sealed record Order(string Id, string Customer, string Region, IReadOnlyList<OrderLine> Lines)
{
    public decimal Total => Lines.Sum(line => line.Quantity * line.Price);
}

public sealed record Shipment(string Id, string OrderId, string Carrier);

public sealed record Notice(string Recipient, string Subject, string Text);

public sealed record PriceChange(string Sku, decimal Old, decimal New);

/// <summary>How the queues and topics are called.</summary>
internal static class Names
{
    public const string Orders = "orders";
    public const string Prices = "prices";
    public const string Stock = "stock";
    public const string Invoices = "invoices";
    public const string Points = "points";
    public const string InvoiceQueue = "https://sqs.eu-central-1.amazonaws.com/123456789012/invoices";
    public const string ShipmentQueue = "https://sqs.eu-central-1.amazonaws.com/123456789012/shipments";
    public const string NoticeQueue = "https://sqs.eu-central-1.amazonaws.com/123456789012/notices";
}
