using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// Google.Cloud.PubSub.V1: <c>PublisherClient.PublishAsync</c> and <c>PublisherServiceApiClient.Publish</c> send a
/// <c>PubsubMessage</c>, or a <c>PublishRequest</c> with several, whose <c>Attributes</c> are the carrier and always exist. The overloads
/// that take text or bytes create the message themselves. A subscriber gets a <c>PubsubMessage</c>, a pull <c>ReceivedMessage</c>s.
/// The client propagates nothing.
/// </summary>
internal sealed class GooglePubSub : Transport
{
    private static readonly HashSet<string> s_publishNames = new(StringComparer.Ordinal) { "Publish", "PublishAsync" };

    private readonly INamedTypeSymbol _message;
    private readonly INamedTypeSymbol? _request;
    private readonly INamedTypeSymbol? _received;
    private readonly INamedTypeSymbol? _response;
    private readonly INamedTypeSymbol? _reply;

    private GooglePubSub(INamedTypeSymbol message, ImmutableArray<INamedTypeSymbol> clients, Compilation compilation)
    {
        (_message, Clients) = (message, clients);
        _request = compilation.TypeNamed(StubbedNames.Request);
        _received = compilation.TypeNamed(StubbedNames.Received);
        _response = compilation.TypeNamed(StubbedNames.Response);
        _reply = compilation.TypeNamed(StubbedNames.Reply);
    }

    /// <summary>The metadata names of a library that cannot be restored for tests.</summary>
    internal static class StubbedNames
    {
        public const string Client = "Google.Cloud.PubSub.V1.PublisherClient";
        public const string ApiClient = "Google.Cloud.PubSub.V1.PublisherServiceApiClient";
        public const string Message = "Google.Cloud.PubSub.V1.PubsubMessage";
        public const string Request = "Google.Cloud.PubSub.V1.PublishRequest";
        public const string Received = "Google.Cloud.PubSub.V1.ReceivedMessage";
        public const string Response = "Google.Cloud.PubSub.V1.PullResponse";
        public const string Reply = "Google.Cloud.PubSub.V1.SubscriberClient+Reply";
        public const string Bytes = "Google.Protobuf.ByteString";
    }

    public INamedTypeSymbol Message => _message;

    public override string Name => "pubsub";

    public override HashSet<string> PublishNames => s_publishNames;

    public override string CarrierName => "attributes";

    public override (string Reason, string Advice) CannotCarry
        => ("this overload takes no attributes", "pass a PubsubMessage with the current context");

    public override bool HasPlainCarrier => true;

    public override ImmutableArray<INamedTypeSymbol> Clients { get; }

    /// <summary>The transport in a compilation; null when the library is not referenced.</summary>
    public static GooglePubSub? In(Compilation compilation)
    {
        var clients = new[] { compilation.TypeNamed(StubbedNames.Client), compilation.TypeNamed(StubbedNames.ApiClient) }
            .OfType<INamedTypeSymbol>()
            .ToImmutableArray();
        return !clients.IsEmpty && compilation.TypeNamed(StubbedNames.Message) is { } message
            ? new GooglePubSub(message, clients, compilation)
            : null;
    }

    public override CallEffect EffectOf(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return IsPublishOfClient(method) ? Publish(call)
            : IsCarrier(call.Instance?.Type) ? Change(call)
            : new CallEffect(IsOwnMember(method) ? CallEffectKind.Harmless : CallEffectKind.Unknown);
    }

    public override CallEffect EffectOf(IPropertyReferenceOperation indexer)
        => indexer is { Property.IsIndexer: true, Arguments: [var key] } && IsCarrier(indexer.Instance?.Type)
            ? new CallEffect(CallEffectKind.Write, indexer.Instance, key.Value)
            : default;

    // The other overloads of PublisherClient take the payload alone.
    private CallEffect Publish(IInvocationOperation call)
        => call.Arguments.FirstOrDefault(argument => RoleOf(argument.Parameter?.Type) is CarrierRole.Message or CarrierRole.Batch
            || argument.Parameter?.Name == "messages") is { } message
                ? new CallEffect(CallEffectKind.Publish, message.Value)
                : new CallEffect(CallEffectKind.Publish);

    private static CallEffect Change(IInvocationOperation call) => (call.TargetMethod.Name, call.Arguments) switch
    {
        ("Add", [var name, _]) => new CallEffect(CallEffectKind.Write, call.Instance, name.Value),
        ("Remove", [var name]) => new CallEffect(CallEffectKind.Remove, call.Instance, name.Value),
        ("Clear", _) => new CallEffect(CallEffectKind.Remove, call.Instance),
        ("Add" or "MergeFrom", _) => default,
        _ => new CallEffect(CallEffectKind.Harmless),
    };

    public override CarrierRole RoleOf(ITypeSymbol? type)
        => Is(type, _message) ? CarrierRole.Message
            : Is(type, _request) ? CarrierRole.Batch
            : IsCarrier(type) ? CarrierRole.Carrier
            : CarrierRole.None;

    public override bool IsEmptyWhenNew(ITypeSymbol type) => RoleOf(type) is not CarrierRole.None;

    public override bool HasCarrierWhenNew(ITypeSymbol type) => Is(type, _message);

    public override MemberRole RoleOfMember(ISymbol member) => member.Name switch
    {
        "Attributes" when Is(member.ContainingType, _message) => MemberRole.Carrier,
        "Messages" when Is(member.ContainingType, _request) => MemberRole.Messages,
        _ => MemberRole.None,
    };

    public override bool IsReceived(ITypeSymbol? type) => Is(type, _received);

    public override ReceivedRole ReceivedAs(ITypeSymbol? type)
        => Is(type, _message) ? ReceivedRole.Either : Is(type, _response) ? ReceivedRole.Batch : base.ReceivedAs(type);

    // A handler of a subscriber returns whether it accepts the message.
    public override bool IsReceived(IParameterSymbol parameter)
        => Is(parameter.Type, _message)
            && parameter.ContainingSymbol is IMethodSymbol { ReturnType: INamedTypeSymbol { TypeArguments: [var result] } }
            && Is(result, _reply);

    public override bool IsOfEntryPoint(IParameterSymbol parameter) => IsReceived(parameter);

    public override bool IsOwnMember(ISymbol member)
        => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _message.ContainingAssembly);

    private static bool IsCarrier(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "MapField", TypeArguments: [var key, var value] } map
            && key.SpecialType is SpecialType.System_String
            && value.SpecialType is SpecialType.System_String
            && map.ContainingNamespace?.ToDisplayString() == "Google.Protobuf.Collections";
}
