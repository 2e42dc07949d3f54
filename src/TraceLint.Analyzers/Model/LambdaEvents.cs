using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// Lambda functions that SQS, SNS or Kafka triggers: the event holds records, and each record its carrier, which is delivered without
/// being requested. For SQS and SNS these are the <c>MessageAttributes</c>, for Kafka the <c>Headers</c>, a list of dictionaries. The
/// libraries only receive. The records of Kinesis have no carrier.
/// </summary>
internal sealed class LambdaEvents : Transport
{
    private readonly INamedTypeSymbol _event;
    private readonly ImmutableArray<INamedTypeSymbol> _records;
    private readonly INamedTypeSymbol? _attribute;

    private LambdaEvents(string name, INamedTypeSymbol @event, ImmutableArray<INamedTypeSymbol> records, INamedTypeSymbol? attribute)
        => (Name, _event, _records, _attribute) = (name, @event, records, attribute);

    /// <summary>The metadata names, which tests compare with a stub.</summary>
    internal static class StubbedNames
    {
        public const string Event = "Amazon.Lambda.SQSEvents.SQSEvent";
        public const string Record = "Amazon.Lambda.SQSEvents.SQSEvent+SQSMessage";
        public const string Attribute = "Amazon.Lambda.SQSEvents.SQSEvent+MessageAttribute";
        public const string SnsEvent = "Amazon.Lambda.SNSEvents.SNSEvent";
        public const string SnsRecord = "Amazon.Lambda.SNSEvents.SNSEvent+SNSRecord";
        public const string SnsMessage = "Amazon.Lambda.SNSEvents.SNSEvent+SNSMessage";
        public const string SnsAttribute = "Amazon.Lambda.SNSEvents.SNSEvent+MessageAttribute";
        public const string KafkaEvent = "Amazon.Lambda.KafkaEvents.KafkaEvent";
        public const string KafkaRecord = "Amazon.Lambda.KafkaEvents.KafkaEvent+KafkaEventRecord";
    }

    public override HashSet<string> PublishNames { get; } = [];

    public override string Name { get; }

    public override TransportRules Rules => Name == "kafka" ? TransportRules.Kafka : TransportRules.Aws;

    public override string CarrierName => Name == "kafka" ? "headers" : "message attributes";

    /// <summary>The events of SQS in a compilation; null when the library is not referenced.</summary>
    public static LambdaEvents? OfSqs(Compilation compilation)
        => In(compilation, "sqs", StubbedNames.Event, StubbedNames.Attribute, StubbedNames.Record);

    /// <summary>The events of SNS in a compilation; null when the library is not referenced.</summary>
    public static LambdaEvents? OfSns(Compilation compilation)
        => In(compilation, "sns", StubbedNames.SnsEvent, StubbedNames.SnsAttribute, StubbedNames.SnsRecord, StubbedNames.SnsMessage);

    /// <summary>The events of Kafka in a compilation; null when the library is not referenced.</summary>
    public static LambdaEvents? OfKafka(Compilation compilation)
        => In(compilation, "kafka", StubbedNames.KafkaEvent, attribute: null, StubbedNames.KafkaRecord);

    private static LambdaEvents? In(Compilation compilation, string name, string @event, string? attribute, params string[] records)
        => compilation.TypeNamed(@event) is { } type
            ? new LambdaEvents(
                name,
                type,
                records.Select(record => compilation.TypeNamed(record)).OfType<INamedTypeSymbol>().ToImmutableArray(),
                attribute is null ? null : compilation.TypeNamed(attribute))
            : null;

    public override CallEffect EffectOf(IInvocationOperation call)
        => new(IsOwnMember(call.TargetMethod) ? CallEffectKind.Harmless : CallEffectKind.Unknown);

    public override CarrierRole RoleOf(ITypeSymbol? type) => IsCarrier(type) ? CarrierRole.Carrier : CarrierRole.None;

    public override bool IsEmptyWhenNew(ITypeSymbol type) => false;

    public override MemberRole RoleOfMember(ISymbol member) => MemberRole.None;

    public override bool IsReceived(ITypeSymbol? type) => _records.Any(record => Is(type, record));

    public override ReceivedRole ReceivedAs(ITypeSymbol? type) => Is(type, _event) ? ReceivedRole.Batch : base.ReceivedAs(type);

    // Lambda calls its functions itself.
    public override bool IsOfEntryPoint(IParameterSymbol parameter) => Is(parameter.Type, _event);

    public override bool IsOwnMember(ISymbol member)
        => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _event.ContainingAssembly);

    private bool IsCarrier(ITypeSymbol? type) => _attribute is not null
        ? Is(DictionaryCarrier.ValueOf(type), _attribute)
        : DictionaryCarrier.ValueOf(type is INamedTypeSymbol { Name: "IList", TypeArguments: [var entry] } ? entry : type)
            is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_SByte };
}
