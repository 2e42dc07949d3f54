using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// NATS.Client 1: <c>IConnection</c> and <c>IJetStream</c> publish or request with a <c>Msg</c>, whose <c>Header</c> is the carrier and
/// is created when it is first read; with a <c>MsgHeader</c> next to the data; or with the data alone, without a carrier.
/// <c>Add</c> appends; <c>Set</c> and the indexer replace. The later clients (NATS.Client.Core) propagate by themselves.
/// <c>IEncodedConnection</c> is not supported: its serializers may write a context anywhere.
/// </summary>
internal sealed class Nats : Transport
{
    private static readonly HashSet<string> s_publishNames = new(StringComparer.Ordinal)
    {
        "Publish", "PublishAsync", "Request", "RequestAsync",
    };

    private readonly INamedTypeSymbol _message;
    private readonly INamedTypeSymbol _headers;
    private readonly INamedTypeSymbol? _received;

    private Nats(INamedTypeSymbol connection, INamedTypeSymbol message, INamedTypeSymbol headers, Compilation compilation)
    {
        (_message, _headers) = (message, headers);
        _received = compilation.TypeNamed(StubbedNames.Received);
        Clients = compilation.TypeNamed(StubbedNames.JetStream) is { } jetStream
            ? ImmutableArray.Create(connection, jetStream)
            : ImmutableArray.Create(connection);
    }

    /// <summary>The metadata names. No version that has headers can be restored for tests.</summary>
    internal static class StubbedNames
    {
        public const string Connection = "NATS.Client.IConnection";
        public const string JetStream = "NATS.Client.JetStream.IJetStream";
        public const string Message = "NATS.Client.Msg";
        public const string Headers = "NATS.Client.MsgHeader";
        public const string Received = "NATS.Client.MsgHandlerEventArgs";
    }

    public INamedTypeSymbol Message => _message;

    public override string Name => "nats";

    public override HashSet<string> PublishNames => s_publishNames;

    public override string CarrierName => "headers";

    public override (string Reason, string Advice) CannotCarry => ("the call passes no headers", "pass headers with the current context");

    public override ImmutableArray<INamedTypeSymbol> Clients { get; }

    /// <summary>The transport in a compilation; null when the library is not referenced or too old to have headers.</summary>
    public static Nats? In(Compilation compilation)
        => compilation.TypeNamed(StubbedNames.Connection) is { } connection
            && compilation.TypeNamed(StubbedNames.Message) is { } message
            && compilation.TypeNamed(StubbedNames.Headers) is { } headers
                ? new Nats(connection, message, headers, compilation)
                : null;

    public override CallEffect EffectOf(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (IsPublishOfClient(method))
        {
            return Publish(call);
        }

        if (Is(method.ContainingType, _headers))
        {
            return (method.Name, call.Arguments) switch
            {
                ("Add" or "Set", [var name, _]) => new CallEffect(CallEffectKind.Write, call.Instance, name.Value),
                ("Remove", [var name]) => new CallEffect(CallEffectKind.Remove, call.Instance, name.Value),
                ("Clear", _) => new CallEffect(CallEffectKind.Remove, call.Instance),
                _ => new CallEffect(CallEffectKind.Harmless),
            };
        }

        return new CallEffect(IsOwnMember(method) ? CallEffectKind.Harmless : CallEffectKind.Unknown);
    }

    public override CallEffect EffectOf(IPropertyReferenceOperation indexer)
        => indexer is { Property.IsIndexer: true, Arguments: [var name] } && Is(indexer.Instance?.Type, _headers)
            ? new CallEffect(CallEffectKind.Write, indexer.Instance, name.Value)
            : default;

    private CallEffect Publish(IInvocationOperation call)
    {
        if (IsReply(ArgumentFor(call, "subject") ?? call.Arguments[0].Value))
        {
            return new CallEffect(CallEffectKind.Harmless);
        }

        foreach (var argument in call.Arguments)
        {
            if (RoleOf(argument.Parameter?.Type) is not CarrierRole.None)
            {
                return new CallEffect(CallEffectKind.Publish, argument.Value.IsNull() ? null : argument.Value);
            }
        }

        return new CallEffect(CallEffectKind.Publish);
    }

    public override CarrierRole RoleOf(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Is(current, _message))
            {
                return CarrierRole.Message;
            }
        }

        return Is(type, _headers) ? CarrierRole.Carrier : CarrierRole.None;
    }

    public override bool IsEmptyWhenNew(ITypeSymbol type) => Is(type, _message) || Is(type, _headers);

    public override bool HasCarrierWhenNew(ITypeSymbol type) => RoleOf(type) is CarrierRole.Message;

    public override MemberRole RoleOfMember(ISymbol member)
        => member.Name == "Header" && Is(member.ContainingType, _message) ? MemberRole.Carrier : MemberRole.None;

    public override bool IsReceived(ITypeSymbol? type) => Is(type, _received);

    public override bool IsOwnMember(ISymbol member)
        => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _message.ContainingAssembly);
}
