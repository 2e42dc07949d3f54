namespace OrderFlow.Messaging;

/// <summary>Confirms a payment; the value of a message on <see cref="Topics.Receipts"/>.</summary>
public sealed record Receipt(Guid OrderId, decimal Amount, string Authorization);
