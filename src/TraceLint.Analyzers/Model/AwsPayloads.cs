using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// EventBridge and Kinesis of the AWS SDK: <c>PutEvents</c>, <c>PutRecord</c> and <c>PutRecords</c> send entries without a carrier. What is
/// not in the payload is not carried, except for the <c>TraceHeader</c> of an event, which is the context of X-Ray.
/// </summary>
internal sealed class AwsPayloads : Transport
{
    private readonly ImmutableArray<INamedTypeSymbol> _entries;
    private readonly INamedTypeSymbol? _batch;

    private AwsPayloads(
        string name,
        string payload,
        INamedTypeSymbol client,
        ImmutableArray<INamedTypeSymbol> entries,
        INamedTypeSymbol? batch,
        params string[] publishes)
    {
        (Name, Payload, Clients, _entries, _batch) = (name, payload, ImmutableArray.Create(client), entries, batch);
        var names = publishes.SelectMany(static publish => new[] { publish, publish + "Async" });
        PublishNames = new HashSet<string>(names, StringComparer.Ordinal);
    }

    /// <summary>The metadata names of libraries that cannot be restored for tests.</summary>
    internal static class StubbedNames
    {
        public const string EventBridge = "Amazon.EventBridge.IAmazonEventBridge";
        public const string EventEntry = "Amazon.EventBridge.Model.PutEventsRequestEntry";
        public const string EventRequest = "Amazon.EventBridge.Model.PutEventsRequest";
        public const string Kinesis = "Amazon.Kinesis.IAmazonKinesis";
        public const string Record = "Amazon.Kinesis.Model.PutRecordRequest";
        public const string RecordEntry = "Amazon.Kinesis.Model.PutRecordsRequestEntry";
        public const string RecordsRequest = "Amazon.Kinesis.Model.PutRecordsRequest";
    }

    /// <summary>The member of an entry that holds the payload.</summary>
    public string Payload { get; }

    public override string Name { get; }

    public override HashSet<string> PublishNames { get; }

    public override string CarrierName => "headers";

    public override bool HasCarrier => false;

    public override bool Receives => false;

    public override (string Reason, string Advice) CannotCarry => ($"it sends nothing but {Payload}", "put the current context there");

    public override ImmutableArray<INamedTypeSymbol> Clients { get; }

    /// <summary>EventBridge in a compilation; null when it is not referenced.</summary>
    public static AwsPayloads? OfEventBridge(Compilation compilation)
        => compilation.TypeNamed(StubbedNames.EventBridge) is { } client && compilation.TypeNamed(StubbedNames.EventEntry) is { } entry
            ? new AwsPayloads(
                "eventbridge",
                "Detail",
                client,
                ImmutableArray.Create(entry),
                compilation.TypeNamed(StubbedNames.EventRequest),
                "PutEvents")
            : null;

    /// <summary>Kinesis in a compilation; null when it is not referenced.</summary>
    public static AwsPayloads? OfKinesis(Compilation compilation)
        => compilation.TypeNamed(StubbedNames.Kinesis) is { } client
            && compilation.TypeNamed(StubbedNames.Record) is { } record
            && compilation.TypeNamed(StubbedNames.RecordEntry) is { } entry
                ? new AwsPayloads(
                    "kinesis",
                    "Data",
                    client,
                    ImmutableArray.Create(record, entry),
                    compilation.TypeNamed(StubbedNames.RecordsRequest),
                    "PutRecord", "PutRecords")
                : null;

    public override CallEffect EffectOf(IInvocationOperation call)
        => IsPublishOfClient(call.TargetMethod)
            && call.Arguments.FirstOrDefault(argument => RoleOf(argument.Parameter?.Type) is not CarrierRole.None) is { } request
            ? new CallEffect(CallEffectKind.Publish, request.Value)
            : new CallEffect(IsOwnMember(call.TargetMethod) ? CallEffectKind.Harmless : CallEffectKind.Unknown);

    public override CarrierRole RoleOf(ITypeSymbol? type)
        => _entries.Any(entry => Is(type, entry)) ? CarrierRole.Message : Is(type, _batch) ? CarrierRole.Batch : CarrierRole.None;

    public override bool IsEmptyWhenNew(ITypeSymbol type) => RoleOf(type) is not CarrierRole.None;

    public override MemberRole RoleOfMember(ISymbol member) => (RoleOf(member.ContainingType), member.Name) switch
    {
        (CarrierRole.Batch, "Entries" or "Records") => MemberRole.Messages,
        _ => MemberRole.None,
    };

    public override bool IsOwnMember(ISymbol member)
        => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, Clients[0].ContainingAssembly);
}
