using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// Lambda functions that SQS triggers (Amazon.Lambda.SQSEvents): the carrier is the <c>MessageAttributes</c> of each record of an
/// <c>SQSEvent</c>. All attributes are delivered without being requested. The library only receives.
/// </summary>
internal sealed class LambdaEvents : Transport
{
    private readonly INamedTypeSymbol _event;
    private readonly INamedTypeSymbol _record;
    private readonly INamedTypeSymbol _attribute;

    private LambdaEvents(INamedTypeSymbol @event, INamedTypeSymbol record, INamedTypeSymbol attribute)
        => (_event, _record, _attribute) = (@event, record, attribute);

    /// <summary>The metadata names, which tests compare with a stub.</summary>
    internal static class StubbedNames
    {
        public const string Event = "Amazon.Lambda.SQSEvents.SQSEvent";
        public const string Record = "Amazon.Lambda.SQSEvents.SQSEvent+SQSMessage";
        public const string Attribute = "Amazon.Lambda.SQSEvents.SQSEvent+MessageAttribute";
    }

    public override HashSet<string> PublishNames { get; } = [];

    public override string Name => "sqs";

    public override TransportRules Rules => TransportRules.Aws;

    public override string CarrierName => "message attributes";

    /// <summary>The transport in a compilation; null when the library is not referenced.</summary>
    public static LambdaEvents? In(Compilation compilation)
        => compilation.TypeNamed(StubbedNames.Event) is { } @event
            && compilation.TypeNamed(StubbedNames.Record) is { } record
            && compilation.TypeNamed(StubbedNames.Attribute) is { } attribute
                ? new LambdaEvents(@event, record, attribute)
                : null;

    public override CallEffect EffectOf(IInvocationOperation call)
        => new(IsOwnMember(call.TargetMethod) ? CallEffectKind.Harmless : CallEffectKind.Unknown);

    public override CarrierRole RoleOf(ITypeSymbol? type)
        => Is(DictionaryCarrier.ValueOf(type), _attribute) ? CarrierRole.Carrier : CarrierRole.None;

    public override bool IsEmptyWhenNew(ITypeSymbol type) => false;

    public override MemberRole RoleOfMember(ISymbol member) => MemberRole.None;

    public override bool IsReceived(ITypeSymbol? type) => Is(type, _record);

    public override ReceivedRole ReceivedAs(ITypeSymbol? type) => Is(type, _event) ? ReceivedRole.Batch : base.ReceivedAs(type);

    // Lambda calls its functions itself.
    public override bool IsOfEntryPoint(IParameterSymbol parameter) => ReceivedAs(parameter.Type) is ReceivedRole.Batch;

    public override bool IsOwnMember(ISymbol member)
        => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _event.ContainingAssembly);
}
