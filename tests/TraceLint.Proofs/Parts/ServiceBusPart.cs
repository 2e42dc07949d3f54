using Azure.Messaging.ServiceBus;

namespace TraceLint.Proofs.Parts;

/// <summary>
/// A receiver of Azure.Messaging.ServiceBus without a server: its messages have the properties that a sender wrote, the first one as a
/// client does whose ActivitySource is enabled, the others as one does by default, with the context as <c>Diagnostic-Id</c>.
/// </summary>
internal sealed class ServiceBusPart(IReadOnlyList<Dictionary<string, string>> arrived) : ServiceBusReceiver
{
    private int _next;

    public override Task<ServiceBusReceivedMessage> ReceiveMessageAsync(TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default)
    {
        var isFirst = _next == 0;
        var properties = _next < arrived.Count
            ? arrived[_next++].ToDictionary(header => !isFirst && header.Key == "traceparent" ? "Diagnostic-Id" : header.Key, static header => (object)header.Value)
            : null;
        return Task.FromResult(properties is null ? null! : ServiceBusModelFactory.ServiceBusReceivedMessage(new BinaryData("new"), properties: properties));
    }
}
