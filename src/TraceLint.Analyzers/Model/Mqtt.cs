using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// MQTTnet 4 and 5: <c>IMqttClient.PublishAsync</c> sends an <c>MqttApplicationMessage</c>, whose <c>UserProperties</c> are the carrier,
/// a list that is null on a new message; <c>MqttApplicationMessageBuilder</c> builds the message step by step. The extension methods
/// that take a topic and a payload have no carrier. User properties exist only in MQTT 5, the default since MQTTnet 5. A retained
/// message is not part of a trace: it is a state that later subscribers find.
/// </summary>
internal sealed class Mqtt : Transport
{
    private static readonly HashSet<string> s_publishNames = new(StringComparer.Ordinal)
    {
        "EnqueueAsync", "PublishAsync", "PublishBinaryAsync", "PublishSequenceAsync", "PublishStringAsync",
    };

    private readonly INamedTypeSymbol _message;
    private readonly INamedTypeSymbol _builder;
    private readonly INamedTypeSymbol _property;
    private readonly INamedTypeSymbol? _received;

    private Mqtt(
        ImmutableArray<INamedTypeSymbol> clients,
        bool speaksVersion5,
        INamedTypeSymbol message,
        INamedTypeSymbol builder,
        INamedTypeSymbol property,
        INamedTypeSymbol? received)
    {
        (Clients, SpeaksVersion5) = (clients, speaksVersion5);
        (_message, _builder, _property, _received) = (message, builder, property, received);
    }

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Client = "MQTTnet.IMqttClient";
        public const string Message = "MQTTnet.MqttApplicationMessage";
        public const string Builder = "MQTTnet.MqttApplicationMessageBuilder";
        public const string UserProperty = "MQTTnet.Packets.MqttUserProperty";
        public const string Received = "MQTTnet.MqttApplicationMessageReceivedEventArgs";
    }

    /// <summary>The metadata names of version 4, which cannot be restored for tests.</summary>
    internal static class StubbedNames
    {
        public const string Client = "MQTTnet.Client.IMqttClient";
        public const string ManagedClient = "MQTTnet.Extensions.ManagedClient.IManagedMqttClient";
        public const string Received = "MQTTnet.Client.MqttApplicationMessageReceivedEventArgs";
    }

    public override string Name => "mqtt";

    public override HashSet<string> PublishNames => s_publishNames;

    public override string CarrierName => "user properties";

    public override ImmutableArray<INamedTypeSymbol> Clients { get; }

    /// <summary>Whether clients use MQTT 5 by default.</summary>
    public bool SpeaksVersion5 { get; }

    /// <summary>Whether a user property is created from bytes; the constructor that takes a string is then obsolete.</summary>
    public bool ValuesAreBytes
        => _property.InstanceConstructors.Any(static constructor => constructor.Parameters is [_, { Type.Name: "ReadOnlyMemory" }]);

    /// <summary>The transport in a compilation; null when the library is not referenced.</summary>
    public static Mqtt? In(Compilation compilation)
    {
        var client = compilation.TypeNamed(Names.Client);
        var clients = new[] { client ?? compilation.TypeNamed(StubbedNames.Client), compilation.TypeNamed(StubbedNames.ManagedClient) };
        var received = compilation.TypeNamed(Names.Received) ?? compilation.TypeNamed(StubbedNames.Received);
        return clients[0] is not null
            && compilation.TypeNamed(Names.Message) is { } message
            && compilation.TypeNamed(Names.Builder) is { } builder
            && compilation.TypeNamed(Names.UserProperty) is { } property
                ? new Mqtt(clients.OfType<INamedTypeSymbol>().ToImmutableArray(), client is not null, message, builder, property, received)
                : null;
    }

    public override CallEffect EffectOf(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (IsPublishOfClient(method))
        {
            return Publish(call);
        }

        return Is(method.ContainingType, _builder) ? Build(call)
            : IsCarrier(call.Instance?.Type) ? Change(call)
            : new CallEffect(IsOwnMember(method) ? CallEffectKind.Harmless : CallEffectKind.Unknown);
    }

    private CallEffect Publish(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (Is(argument.Parameter?.Type, _message))
            {
                return new CallEffect(CallEffectKind.Publish, argument.Value);
            }
        }

        // The other overloads take a topic and a payload, or a message of the managed client, which wraps another message.
        return ArgumentFor(call, "topic") is { } topic
            && !IsReply(topic)
            && ArgumentFor(call, "retain") is { } retained
            && IsFalse(retained)
                ? new CallEffect(CallEffectKind.Publish)
                : new CallEffect(CallEffectKind.Harmless);
    }

    private static CallEffect Build(IInvocationOperation call) => (call.TargetMethod.Name, call.Arguments) switch
    {
        ("WithUserProperty", [var name, ..]) => new CallEffect(CallEffectKind.Write, call.Instance, name.Value),
        ("WithRetainFlag", [var retained]) when !IsFalse(retained.Value) => default,
        ("WithTopic", [var topic]) when IsReply(topic.Value) => default,
        _ => new CallEffect(CallEffectKind.Fluent, call.Instance),
    };

    private static CallEffect Change(IInvocationOperation call) => (call.TargetMethod.Name, call.Arguments) switch
    {
        ("Add" or "AddRange", [var added]) => new CallEffect(CallEffectKind.Write, call.Instance, added.Value),
        ("Insert" or "InsertRange", [_, var added]) => new CallEffect(CallEffectKind.Write, call.Instance, added.Value),
        ("Clear" or "Remove" or "RemoveAll" or "RemoveAt" or "RemoveRange", _) => new CallEffect(CallEffectKind.Remove, call.Instance),
        _ => new CallEffect(CallEffectKind.Harmless),
    };

    public override IOperation NameOf(IOperation entry)
    {
        while (entry is IConversionOperation conversion)
        {
            entry = conversion.Operand;
        }

        return entry is IObjectCreationOperation { Arguments: [var name, ..] } creation && Is(creation.Type, _property)
            ? name.Value
            : entry;
    }

    public override CarrierRole RoleOf(ITypeSymbol? type)
        => Is(type, _message) || Is(type, _builder) ? CarrierRole.Message
            : IsCarrier(type) ? CarrierRole.Carrier
            : CarrierRole.None;

    public override bool IsEmptyWhenNew(ITypeSymbol type) => RoleOf(type) is not CarrierRole.None;

    public override bool HasCarrierWhenNew(ITypeSymbol type) => Is(type, _builder);

    public override MemberRole RoleOfMember(ISymbol member) => Is(member.ContainingType, _message)
        ? member.Name switch
        {
            "UserProperties" => MemberRole.Carrier,
            "Retain" => MemberRole.Untraced,
            _ => MemberRole.None,
        }
        : MemberRole.None;

    public override bool IsReceived(ITypeSymbol? type) => Is(type, _received);

    public override bool IsOwnMember(ISymbol member)
        => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _message.ContainingAssembly);

    private bool IsCarrier(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "List", TypeArguments: [var element] } && Is(element, _property);

    private static bool IsFalse(IOperation flag) => flag is { ConstantValue: { HasValue: true, Value: false } };
}
