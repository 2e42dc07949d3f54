namespace OrderFlow.Messaging;

/// <summary>Something the auditors want to know; the value of a message on <see cref="Topics.Audit"/>.</summary>
public sealed record AuditEvent(Guid OrderId, string Action, DateTimeOffset At);
