using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// The context that is passed to a propagator. If it is valid, <c>Extract</c> returns it and does not read the carrier; if it has only
/// baggage, the baggage of the carrier is ignored, which may be intended. <c>Inject</c> writes nothing of an empty one.
/// </summary>
internal static class GivenContext
{
    private const int MaxDepth = 8;

    private enum Content
    {
        Empty,
        Span,
        Unknown,
    }

    /// <summary>The span whose context is passed, always or whenever there is a span.</summary>
    /// <returns>Null when the passed context is empty or not visible.</returns>
    public static IOperation? SpanIn(IOperation context, CancellationToken cancellation)
    {
        IOperation? span = null;
        return ContentOf(context, MaxDepth, ref span, cancellation) is Content.Span ? span : null;
    }

    /// <summary>Whether it is the context of no span, wherever it was assigned. It may contain baggage.</summary>
    public static bool HasNoSpan(IOperation context, CancellationToken cancellation)
    {
        IOperation? span = null;
        return ContentOf(context, MaxDepth, ref span, cancellation) is Content.Empty;
    }

    /// <summary>Whether it may contain baggage.</summary>
    public static bool MayHaveBaggage(IOperation context, CancellationToken cancellation)
        => ComputedFrom.Of(context, cancellation).Any(static part
            => part.Type is { Name: "Baggage" } and not IErrorTypeSymbol && part is not (IDefaultValueOperation or IConversionOperation));

    private static Content ContentOf(IOperation? value, int depth, ref IOperation? span, CancellationToken cancellation)
    {
        if (depth == 0)
        {
            return Content.Unknown;
        }

        switch (value)
        {
            case IDefaultValueOperation or ILiteralOperation { ConstantValue: { HasValue: true, Value: null } }:
            case IObjectCreationOperation { Arguments.IsEmpty: true, Type.Name: "ActivityContext" or "PropagationContext" }:
                return Content.Empty;
            case IConversionOperation conversion:
                return ContentOf(conversion.Operand, depth - 1, ref span, cancellation);
            case IObjectCreationOperation { Type.Name: "PropagationContext", Arguments: var arguments }
                when arguments.FirstOrDefault(static argument => argument.Parameter?.Type.Name is "ActivityContext")
                    is { Value: var context }:
                return ContentOf(context, depth - 1, ref span, cancellation);
            case IPropertyReferenceOperation
            {
                Property: { Name: "Context", ContainingType.Name: "Activity" or "TelemetrySpan" },
                Instance: { } instance
            }:
                span ??= instance.OrAccessed();
                return Content.Span;
            // A method that returns the context of a span, or an empty one.
            case IInvocationOperation
            {
                Type.Name: "ActivityContext",
                Instance: null,
                Arguments: [{ Value: var given }],
                TargetMethod.Name: var name
            }
                when name.EndsWith("Context", StringComparison.Ordinal) && given.Unconverted() is { Type.Name: "Activity" } one:
                span ??= one;
                return Content.Span;
            case IPropertyReferenceOperation
            {
                Property: { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T },
                Instance: { } nullable
            }:
                return ContentOf(nullable, depth - 1, ref span, cancellation);
            case IInvocationOperation
            {
                TargetMethod: { Name: "GetValueOrDefault", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T },
                Instance: { } nullable
            }:
                return ContentOf(nullable, depth - 1, ref span, cancellation);
            case IConditionalAccessOperation conditional:
                return ContentOf(conditional.WhenNotNull, depth - 1, ref span, cancellation);
            case ICoalesceOperation coalesce:
                return Either(coalesce.Value, coalesce.WhenNull, depth, ref span, cancellation);
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                return Either(choice.WhenTrue, otherwise, depth, ref span, cancellation);
            case ILocalReferenceOperation { Local: var local, SemanticModel: { } model }
                when LocalValues.Of(local, model, cancellation) is { Count: > 0 } values:
                return Any(values, depth, ref span, cancellation);
            default:
                return Content.Unknown;
        }
    }

    private static Content Either(IOperation one, IOperation other, int depth, ref IOperation? span, CancellationToken cancellation)
        => Any([one, other], depth, ref span, cancellation);

    // Unknown as soon as one of the values is unknown.
    private static Content Any(IReadOnlyList<IOperation> values, int depth, ref IOperation? span, CancellationToken cancellation)
    {
        var all = Content.Empty;
        foreach (var value in values)
        {
            if (ContentOf(value, depth - 1, ref span, cancellation) is var content && content > all)
            {
                all = content;
            }
        }

        return all;
    }
}
