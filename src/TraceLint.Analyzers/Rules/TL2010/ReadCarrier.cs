using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>What headers are looked for in.</summary>
internal enum ReadCarrierKind
{
    /// <summary>Something else, or that cannot be known.</summary>
    Unknown,

    /// <summary>The system attributes of a message that was received from SQS.</summary>
    SystemAttributes,

    /// <summary>Its message attributes.</summary>
    MessageAttributes,

    /// <summary>The headers of a Kafka message.</summary>
    KafkaHeaders,

    /// <summary>The headers of a RabbitMQ message.</summary>
    RabbitHeaders,
}

/// <summary>What headers are looked for in.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Member">The member that it is read from, where there is one.</param>
internal readonly record struct ReadCarrier(ReadCarrierKind Kind, IPropertyReferenceOperation? Member = null);

/// <summary>Finds out what a lookup reads from.</summary>
internal sealed class ReadCarriers
{
    private const int MaxDepth = 4;
    private const string RabbitLibrary = "RabbitMQ.Client";

    private readonly CompilationContext _context;
    private readonly INamedTypeSymbol? _message;
    private readonly INamedTypeSymbol? _record;
    private readonly INamedTypeSymbol? _kafkaHeaders;
    private readonly INamedTypeSymbol? _rabbitProperties;

    private ReadCarriers(CompilationContext context)
    {
        _context = context;
        _message = context.Compilation.TypeNamed(SqsReceive.Names.Message);
        _record = context.Compilation.TypeNamed(LambdaEvents.StubbedNames.Record);
        _kafkaHeaders = context.Compilation.TypeNamed(KafkaTypes.Names.Headers);
        _rabbitProperties = context.Compilation.TypeNamed(RabbitMq.Names.Properties);
    }

    /// <summary>Whether messages of SQS are known.</summary>
    public bool HasSqs => _message is not null || _record is not null;

    /// <summary>The carriers that a compilation can know; null when it references none of the transports.</summary>
    public static ReadCarriers? In(CompilationContext context)
        => new ReadCarriers(context) is var carriers
            && (carriers.HasSqs || carriers._kafkaHeaders is not null || carriers._rabbitProperties is not null)
                ? carriers
                : null;

    /// <summary>What a lookup reads from.</summary>
    public ReadCarrier Of(HeaderLookup lookup, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetOperation(lookup.Subject, cancellation) is not { } subject)
        {
            return default;
        }

        return !lookup.Comparison ? Of(subject, MaxDepth, cancellation)
            : subject is IPropertyReferenceOperation { Property: { Name: "Key", ContainingType: var header }, Instance: { } instance }
                ? HeldBy(header, instance, cancellation)
            : default;
    }

    /// <summary>What an operation yields.</summary>
    public ReadCarrier Of(IOperation operation, CancellationToken cancellation) => Of(operation, MaxDepth, cancellation);

    /// <summary>Whether a type is that of a received message of SQS, or of its message attributes.</summary>
    public bool IsOfMessage(ITypeSymbol? type)
        => IsMessage(type) || type is INamedTypeSymbol { Name: "MessageAttributeValue" or "MessageAttribute" }
            || DictionaryCarrier.ValueOf(type) is { Name: "MessageAttributeValue" or "MessageAttribute" };

    /// <summary>Whether a property is the one that holds the system attributes of a received message.</summary>
    public bool AreSystemAttributes(ISymbol? symbol)
        => symbol is IPropertySymbol { Name: "Attributes", ContainingType: var owner } && IsMessage(owner);

    private bool IsMessage(ITypeSymbol? type) => Is(type, _message) || Is(type, _record);

    private ReadCarrier Of(IOperation operation, int depth, CancellationToken cancellation)
    {
        switch (operation.Unconverted())
        {
            case { Type: var type } when Is(type, _kafkaHeaders):
                return new ReadCarrier(ReadCarrierKind.KafkaHeaders);
            case IPropertyReferenceOperation member:
                return new ReadCarrier(KindOf(member.Property), member);
            case ICoalesceOperation { Value: var value } when depth > 0:
                return Of(value, depth - 1, cancellation);
            case IConditionalAccessOperation { WhenNotNull: var value } when depth > 0:
                return Of(value, depth - 1, cancellation);
            case ILocalReferenceOperation { Local: var local } when depth > 0:
                return HeldBy(local, depth - 1, cancellation);
            default:
                return default;
        }
    }

    private ReadCarrierKind KindOf(IPropertySymbol property) => property.Name switch
    {
        "Attributes" when IsMessage(property.ContainingType) => ReadCarrierKind.SystemAttributes,
        "MessageAttributes" when IsMessage(property.ContainingType) => ReadCarrierKind.MessageAttributes,
        "Headers" when property.ContainingAssembly?.Name == RabbitLibrary
            && DictionaryCarrier.ValueOf(property.Type) is { SpecialType: SpecialType.System_Object }
            => ReadCarrierKind.RabbitHeaders,
        _ => ReadCarrierKind.Unknown,
    };

    private ReadCarrier HeldBy(ILocalSymbol local, int depth, CancellationToken cancellation)
    {
        if (local.DeclaringSyntaxReferences is not [{ SyntaxTree: var tree }]
            || LocalValues.Of(local, _context.Of(tree), cancellation) is not { Count: > 0 } values)
        {
            return default;
        }

        ReadCarrier? held = null;
        foreach (var value in values)
        {
            var one = Of(value, depth, cancellation);
            if (held is { Kind: var kind } && kind != one.Kind)
            {
                return default;
            }

            held = one;
        }

        return held ?? default;
    }

    // header.Key == name, where the header is an element of what is read
    private ReadCarrier HeldBy(INamedTypeSymbol header, IOperation instance, CancellationToken cancellation)
    {
        if (header.Name is "Header" or "IHeader")
        {
            return _kafkaHeaders is { ContainingAssembly: var library }
                && SymbolEqualityComparer.Default.Equals(header.ContainingAssembly, library)
                ? new ReadCarrier(ReadCarrierKind.KafkaHeaders)
                : default;
        }

        return header.Name is "KeyValuePair" && CollectionOf(instance, cancellation) is { } collection
            ? Of(collection, MaxDepth, cancellation)
            : default;
    }

    private IOperation? CollectionOf(IOperation element, CancellationToken cancellation)
    {
        var variable = element switch
        {
            IParameterReferenceOperation { Parameter: var parameter } => parameter,
            ILocalReferenceOperation { Local: var local } => (ISymbol)local,
            _ => null,
        };
        if (variable?.DeclaringSyntaxReferences is not [var declaration])
        {
            return null;
        }

        var syntax = declaration.GetSyntax(cancellation);
        var model = _context.Of(syntax.SyntaxTree);
        return syntax is ForEachStatementSyntax loop ? model.GetOperation(loop.Expression, cancellation)
            : syntax is ParameterSyntax
                && syntax.FirstAncestorOrSelf<LambdaExpressionSyntax>()?.Parent?.Parent?.Parent is InvocationExpressionSyntax call
                && model.GetOperation(call, cancellation) is IInvocationOperation
                {
                    TargetMethod: { IsExtensionMethod: true, ContainingType.Name: "Enumerable" },
                    Arguments: [{ Value: var source }, ..],
                }
                    ? source
            : null;
    }

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol? known)
        => known is not null && SymbolEqualityComparer.Default.Equals(type, known);
}
