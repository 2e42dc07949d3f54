namespace OrderFlow.Messaging;

/// <summary>What an order brings; the value of a message on <see cref="Topics.Sales"/>.</summary>
public sealed record Sale(Guid OrderId, decimal Amount);
