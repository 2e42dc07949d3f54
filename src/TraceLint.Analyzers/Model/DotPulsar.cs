using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// DotPulsar: <c>Send</c> takes a <c>MessageMetadata</c>, which is the carrier, or sends the message alone; <c>NewMessage</c> builds a
/// message with its properties step by step. The client starts spans of its own, and attaches the context to messages only where
/// <c>AttachTraceInfoToMessages</c> asks for it. <c>Process</c> starts a span around its handler, so only a message that the code itself
/// asks for is one without a span.
/// </summary>
internal sealed class DotPulsar : Transport
{
    private static readonly HashSet<string> s_publishNames = new(StringComparer.Ordinal) { "Send" };

    private readonly ReceivedLocals _received = new("Messages", "Receive");
    private readonly INamedTypeSymbol _builder;
    private readonly INamedTypeSymbol _message;

    private DotPulsar(INamedTypeSymbol metadata, INamedTypeSymbol builder, INamedTypeSymbol message, ImmutableArray<INamedTypeSymbol> clients)
        => (Metadata, _builder, _message, Clients) = (metadata, builder, message, clients);

    /// <summary>The metadata names of a library that cannot be restored for tests.</summary>
    internal static class StubbedNames
    {
        public const string Metadata = "DotPulsar.MessageMetadata";
        public const string Sender = "DotPulsar.Abstractions.ISend`1";
        public const string Channel = "DotPulsar.Abstractions.ISendChannel`1";
        public const string Builder = "DotPulsar.Abstractions.IMessageBuilder`1";
        public const string Message = "DotPulsar.Abstractions.IMessage";
    }

    public INamedTypeSymbol Metadata { get; }

    public override string Name => "pulsar";

    public override HashSet<string> PublishNames => s_publishNames;

    public override string CarrierName => "properties";

    public override (string Reason, string Advice) CannotCarry
        => ("it has no metadata", "pass MessageMetadata with the current context");

    public override ImmutableArray<INamedTypeSymbol> Clients { get; }

    /// <summary>The transport in a compilation; null when the library is not referenced.</summary>
    public static DotPulsar? In(Compilation compilation)
    {
        var clients = new[] { StubbedNames.Sender, StubbedNames.Channel, StubbedNames.Builder }
            .Select(name => compilation.TypeNamed(name))
            .OfType<INamedTypeSymbol>()
            .ToImmutableArray();
        return compilation.TypeNamed(StubbedNames.Metadata) is { } metadata
            && compilation.TypeNamed(StubbedNames.Builder) is { } builder
            && compilation.TypeNamed(StubbedNames.Message) is { } message
                ? new DotPulsar(metadata, builder, message, clients)
                : null;
    }

    public override CallEffect EffectOf(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return IsPublishOfClient(method) ? Publish(call)
            : Is(method.ContainingType, _builder) ? Build(call)
            : !IsOwnMember(method) ? default
            : new CallEffect(method.Name is "NewMessage" ? CallEffectKind.Create : CallEffectKind.Harmless);
    }

    public override CallEffect EffectOf(IPropertyReferenceOperation indexer)
        => indexer is { Property.IsIndexer: true, Arguments: [var name] } && Is(indexer.Instance?.Type, Metadata)
            ? new CallEffect(CallEffectKind.Write, indexer.Instance, name.Value)
            : default;

    private CallEffect Publish(IInvocationOperation call)
        => new(
            CallEffectKind.Publish,
            Is(call.Instance?.Type, _builder)
                ? call.Instance
                : call.Arguments.FirstOrDefault(argument => Is(argument.Parameter?.Type, Metadata))?.Value);

    private static CallEffect Build(IInvocationOperation call) => (call.TargetMethod.Name, call.Arguments) switch
    {
        ("Property", [var name, _]) => new CallEffect(CallEffectKind.Write, call.Instance, name.Value),
        _ => new CallEffect(CallEffectKind.Fluent, call.Instance),
    };

    public override CarrierRole RoleOf(ITypeSymbol? type)
        => Is(type, Metadata) ? CarrierRole.Carrier : Is(type, _builder) ? CarrierRole.Message : CarrierRole.None;

    public override bool IsEmptyWhenNew(ITypeSymbol type) => RoleOf(type) is not CarrierRole.None;

    public override bool HasCarrierWhenNew(ITypeSymbol type) => Is(type, _builder);

    public override MemberRole RoleOfMember(ISymbol member) => MemberRole.None;

    public override bool IsReceived(ITypeSymbol? type)
        => type is not null && (Is(type, _message) || type.AllInterfaces.Contains(_message, SymbolEqualityComparer.Default));

    public override ReceivedRole ReceivedIn(ILocalSymbol local)
        => ReceivedAs(local.Type) is not ReceivedRole.None and var role && _received.Contain(local) ? role : ReceivedRole.None;

    // It may be that of a handler for Process.
    public override ReceivedRole ReceivedIn(IParameterSymbol parameter) => ReceivedRole.None;

    public override bool IsOwnMember(ISymbol member)
        => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, Metadata.ContainingAssembly);
}
