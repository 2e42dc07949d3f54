using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// Confluent.Kafka: <c>IProducer.Produce</c> and <c>ProduceAsync</c> send a <c>Message</c>, whose <c>Headers</c> are the carrier; they
/// are null on a new message. <c>Add(string, byte[])</c>, <c>Add(Header)</c> and, in newer versions, <c>Add(IHeader)</c> append.
/// </summary>
internal sealed class ConfluentKafka(KafkaTypes types) : Transport
{
    /// <summary>The names of the methods that publish: a cheap check before the semantic one.</summary>
    public static readonly HashSet<string> KnownPublishNames = new(StringComparer.Ordinal) { "Produce", "ProduceAsync" };

    public KafkaTypes Types { get; } = types;

    public override string Name => "kafka";

    public override TransportRules Rules => TransportRules.Kafka;

    /// <summary>Code that uses the headers of a message contains one of these words.</summary>
    public static readonly string[] Words = ["Confluent", "Headers"];

    public override HashSet<string> PublishNames => KnownPublishNames;

    public override string CarrierName => "headers";

    /// <summary>The transport in a compilation; null when the library is not referenced.</summary>
    public static ConfluentKafka? In(Compilation compilation)
        => KafkaTypes.TryGet(compilation, out var types) ? new ConfluentKafka(types) : null;

    public override CallEffect EffectOf(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (Is(method.ContainingType, Types.Producer))
        {
            return KnownPublishNames.Contains(method.Name) && MessageIn(call) is { } message
                ? new CallEffect(CallEffectKind.Publish, message)
                : new CallEffect(CallEffectKind.Harmless);
        }

        if (Is(method.ContainingType, Types.Headers))
        {
            return (method.Name, call.Arguments) switch
            {
                ("Add", [var entry, ..]) => new CallEffect(CallEffectKind.Write, call.Instance, entry.Value),
                ("Remove", [var entry]) => new CallEffect(CallEffectKind.Remove, call.Instance, entry.Value),
                _ => new CallEffect(CallEffectKind.Harmless),
            };
        }

        return new CallEffect(IsOwnMember(method) ? CallEffectKind.Harmless : CallEffectKind.Unknown);
    }

    private IOperation? MessageIn(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (Is(argument.Parameter?.Type, Types.Message))
            {
                return argument.Value;
            }
        }

        return null;
    }

    public override IOperation NameOf(IOperation entry)
    {
        while (entry is IConversionOperation conversion)
        {
            entry = conversion.Operand;
        }

        return entry is IObjectCreationOperation { Arguments: [var name, ..] } creation && Is(creation.Type, Types.Header)
            ? name.Value
            : entry;
    }

    public override CarrierRole RoleOf(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Is(current, Types.Message) || Is(current, Types.MessageMetadata))
            {
                return CarrierRole.Message;
            }

            if (Is(current, Types.Headers))
            {
                return CarrierRole.Carrier;
            }
        }

        return CarrierRole.None;
    }

    public override bool IsEmptyWhenNew(ITypeSymbol type) => Is(type, Types.Message) || Is(type, Types.Headers);

    public override MemberRole RoleOfMember(ISymbol member)
        => member.Name == "Headers" && (Is(member.ContainingType, Types.MessageMetadata) || Is(member.ContainingType, Types.Message))
            ? MemberRole.Carrier
            : MemberRole.None;

    public override bool IsReceived(ITypeSymbol? type) => Is(type, Types.ConsumeResult);

    public override ReceivedRole ReceivedAs(ITypeSymbol? type) => Is(type, Types.Message) ? ReceivedRole.Either : base.ReceivedAs(type);

    public override bool IsOwnMember(ISymbol member)
        => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, Types.Message.ContainingAssembly);

    /// <summary>Whether a type is <c>Headers</c> or a sequence of single headers.</summary>
    public bool AreHeaders(ITypeSymbol type)
        => RoleOf(type) is CarrierRole.Carrier || IsSequence(type) || type.AllInterfaces.Any(IsSequence);

    private bool IsSequence(ITypeSymbol type)
        => type is INamedTypeSymbol { Name: "IEnumerable", TypeArguments: [{ Name: "Header" or "IHeader" } header] }
            && SymbolEqualityComparer.Default.Equals(header.ContainingAssembly, Types.Headers.ContainingAssembly);
}
