using OrderFlow.Messaging;

namespace OrderFlow.Api;

/// <summary>The body of <c>POST /orders</c>.</summary>
public sealed record PlaceOrder(string Customer, IReadOnlyList<OrderLine> Lines);
