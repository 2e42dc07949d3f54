namespace OrderFlow.Messaging;

/// <summary>What was bought together; the value of a message on <see cref="Topics.Baskets"/>.</summary>
public sealed record Basket(IReadOnlyList<string> Skus);
