using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// SQS and SNS of the AWS SDK, versions 3 and 4. The carrier is the dictionary <c>MessageAttributes</c> of a request or of each entry
/// of a batch request. The overloads that take strings create the request themselves, so nothing can be injected into it.
/// <c>MessageSystemAttributes</c> takes nothing but <c>AWSTraceHeader</c>, the context of X-Ray.
/// </summary>
internal sealed class AwsMessaging : Transport
{
    private readonly ImmutableArray<AwsService> _services;
    private readonly INamedTypeSymbol? _received;
    private readonly INamedTypeSymbol? _receivedByLambda;
    private readonly INamedTypeSymbol? _response;

    private AwsMessaging(ImmutableArray<AwsService> services, Compilation compilation)
    {
        _services = services;
        _response = compilation.TypeNamed(AwsService.Names.Response);
        _received = compilation.TypeNamed(AwsService.Names.Received);
        _receivedByLambda = compilation.TypeNamed(AwsService.StubbedNames.ReceivedByLambda);
        var names = services.SelectMany(static service => new[] { service.SingleName, service.BatchName });
        PublishNames = new HashSet<string>(names.SelectMany(static name => new[] { name, name + "Async" }), StringComparer.Ordinal);
    }

    public override string Name => "sqs";

    public override TransportRules Rules => TransportRules.Aws;

    // The service is that of the client, or of the request that is passed to a method of the project.
    public override string NameOf(IInvocationOperation call)
    {
        var service = ServiceOf(call.TargetMethod) ?? _services.FirstOrDefault(service => call.Arguments.Any(argument
            => SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type.ContainingAssembly, service.Client.ContainingAssembly)));
        return service is { SingleName: "Publish" } ? "sns" : Name;
    }

    public override HashSet<string> PublishNames { get; }

    public override string CarrierName => "message attributes";

    /// <summary>The services that the compilation references.</summary>
    public ImmutableArray<AwsService> Services => _services;

    /// <summary>The transport in a compilation; null when neither service is referenced.</summary>
    public static AwsMessaging? In(Compilation compilation)
    {
        var services = new[] { AwsService.Sqs(compilation), AwsService.Sns(compilation) }.OfType<AwsService>().ToImmutableArray();
        return services.IsEmpty ? null : new AwsMessaging(services, compilation);
    }

    /// <summary>The service on whose client a publish method is called; null when it is called on something else.</summary>
    public AwsService? ServiceOf(IMethodSymbol publish)
    {
        foreach (var service in _services)
        {
            if (Is(publish.ContainingType, service.Client)
                || (SymbolEqualityComparer.Default.Equals(publish.ContainingAssembly, service.Client.ContainingAssembly)
                    && publish.ContainingType.AllInterfaces.Contains(service.Client, SymbolEqualityComparer.Default)))
            {
                return service;
            }
        }

        return null;
    }

    public override CallEffect EffectOf(IInvocationOperation call)
    {
        if (PublishNames.Contains(call.TargetMethod.Name) && ServiceOf(call.TargetMethod) is not null)
        {
            return new CallEffect(CallEffectKind.Publish, MessagesIn(call));
        }

        return DictionaryCarrier.EffectOf(call, IsCarrier) is { Kind: not CallEffectKind.Unknown } effect
            ? effect
            : new CallEffect(IsOwnMember(call.TargetMethod) ? CallEffectKind.Harmless : CallEffectKind.Unknown);
    }

    public override CallEffect EffectOf(IPropertyReferenceOperation indexer) => DictionaryCarrier.EffectOf(indexer, IsCarrier);

    private IOperation? MessagesIn(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (RoleOf(argument.Parameter?.Type) is not CarrierRole.None
                || (argument.Parameter?.Type is INamedTypeSymbol { TypeArguments: [var element] }
                    && RoleOf(element) is CarrierRole.Message))
            {
                return argument.Value;
            }
        }

        return null;
    }

    public override CarrierRole RoleOf(ITypeSymbol? type)
    {
        foreach (var service in _services)
        {
            if (Is(type, service.Request) || Is(type, service.BatchEntry))
            {
                return CarrierRole.Message;
            }

            if (Is(type, service.BatchRequest))
            {
                return CarrierRole.Batch;
            }
        }

        return IsCarrier(type) ? CarrierRole.Carrier : CarrierRole.None;
    }

    public override bool IsEmptyWhenNew(ITypeSymbol type) => RoleOf(type) is not CarrierRole.None;

    public override bool HasCarrierWhenNew(ITypeSymbol type) => !_services[0].HasNullCollections && RoleOf(type) is CarrierRole.Message;

    public override MemberRole RoleOfMember(ISymbol member) => (RoleOf(member.ContainingType), member.Name) switch
    {
        (CarrierRole.Message, "MessageAttributes") => MemberRole.Carrier,
        (CarrierRole.Message, "MessageSystemAttributes") => MemberRole.Context,
        (CarrierRole.Message, "PhoneNumber" or "TargetArn") => MemberRole.Untraced,
        (CarrierRole.Batch, "Entries" or "PublishBatchRequestEntries") => MemberRole.Messages,
        _ => MemberRole.None,
    };

    // Only SQS limits the number of attributes.
    public override int? RoomFor(IInvocationOperation publish, CancellationToken cancellation)
        => NameOf(publish) == Name
            && AttributeCount.Of(publish, this, cancellation) is var count
            && count > AttributeCount.Most - AttributeCount.OfContext
                ? AttributeCount.Most - count
                : null;

    public override bool IsReceived(ITypeSymbol? type) => Is(type, _received) || Is(type, _receivedByLambda);

    public override ReceivedRole ReceivedAs(ITypeSymbol? type)
        => Is(type, _response) ? ReceivedRole.Batch : Is(type, _receivedByLambda) ? ReceivedRole.None : base.ReceivedAs(type);

    public override bool IsOwnMember(ISymbol member)
    {
        foreach (var service in _services)
        {
            if (SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, service.Client.ContainingAssembly))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsCarrier(ITypeSymbol? type)
    {
        if (DictionaryCarrier.ValueOf(type) is { } value)
        {
            foreach (var service in _services)
            {
                if (Is(value, service.AttributeValue))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
