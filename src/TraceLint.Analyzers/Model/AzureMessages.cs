using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// Messages that Azure.Messaging.ServiceBus or Azure.Messaging.EventHubs receives: their application properties hold what the sender
/// wrote, <c>Diagnostic-Id</c> and, where its ActivitySource is enabled, <c>traceparent</c>. The clients inject when they send, and
/// their processors start a span around the handler, so only a message that the code itself asks for is one without a span: a receive is
/// asynchronous and cannot leave a span current for its caller. Messages in parameters may come from a processor.
/// </summary>
internal sealed class AzureMessages : Transport
{
    private readonly ImmutableArray<INamedTypeSymbol> _messages;
    private readonly ReceivedLocals _receives;

    private AzureMessages(string name, ImmutableArray<INamedTypeSymbol> messages, params string[] receives)
        => (Name, _messages, _receives) = (name, messages, new ReceivedLocals(receives));

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string ServiceBusMessage = "Azure.Messaging.ServiceBus.ServiceBusReceivedMessage";
        public const string Event = "Azure.Messaging.EventHubs.EventData";
        public const string PartitionEvent = "Azure.Messaging.EventHubs.Consumer.PartitionEvent";
    }

    public override HashSet<string> PublishNames { get; } = [];

    public override string Name { get; }

    public override string CarrierName => "application properties";

    public override bool LinksWhenReceiving => true;

    /// <summary>The messages of Service Bus in a compilation; null when the library is not referenced.</summary>
    public static AzureMessages? OfServiceBus(Compilation compilation)
        => In(
            compilation,
            "servicebus",
            [Names.ServiceBusMessage],
            "ReceiveMessageAsync", "ReceiveMessagesAsync", "ReceiveDeferredMessageAsync", "ReceiveDeferredMessagesAsync");

    /// <summary>The messages of Event Hubs in a compilation; null when the library is not referenced.</summary>
    public static AzureMessages? OfEventHubs(Compilation compilation)
        => In(
            compilation,
            "eventhubs",
            [Names.Event, Names.PartitionEvent],
            "ReadEventsAsync", "ReadEventsFromPartitionAsync", "ReceiveBatchAsync");

    private static AzureMessages? In(Compilation compilation, string name, string[] messages, params string[] receives)
    {
        var types = messages.Select(message => compilation.TypeNamed(message)).OfType<INamedTypeSymbol>().ToImmutableArray();
        return types.IsEmpty ? null : new AzureMessages(name, types, receives);
    }

    public override CallEffect EffectOf(IInvocationOperation call)
        => new(IsOwnMember(call.TargetMethod) ? CallEffectKind.Harmless : CallEffectKind.Unknown);

    public override CarrierRole RoleOf(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "IReadOnlyDictionary" or "IDictionary", TypeArguments: [var key, var value] }
            && key.SpecialType is SpecialType.System_String
            && value.SpecialType is SpecialType.System_Object
            ? CarrierRole.Carrier
            : CarrierRole.None;

    public override bool IsEmptyWhenNew(ITypeSymbol type) => false;

    public override MemberRole RoleOfMember(ISymbol member) => MemberRole.None;

    public override bool IsReceived(ITypeSymbol? type) => _messages.Any(message => Is(type, message));

    public override ReceivedRole ReceivedIn(ILocalSymbol local)
        => ReceivedAs(local.Type) is not ReceivedRole.None and var role && _receives.Contain(local) ? role : ReceivedRole.None;

    public override ReceivedRole ReceivedIn(IParameterSymbol parameter) => ReceivedRole.None;

    public override bool IsOwnMember(ISymbol member)
        => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _messages[0].ContainingAssembly);
}
