namespace OrderFlow.Messaging;

/// <summary>What a customer ordered; the value of a message on <see cref="Topics.Orders"/>.</summary>
public sealed record Order(Guid Id, string Customer, IReadOnlyList<OrderLine> Lines);

public sealed record OrderLine(string Sku, int Quantity, decimal UnitPrice);
