namespace OrderFlow.Messaging;

/// <summary>Something a customer wants to know; the value of a message on <see cref="Topics.Notices"/>.</summary>
public sealed record Notice(Guid OrderId, string Customer, string Text);
