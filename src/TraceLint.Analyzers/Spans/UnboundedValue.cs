using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>A value that is another one every time.</summary>
/// <param name="What">Its name in a message.</param>
/// <param name="IsOfSpan">Whether the current span has it anyway.</param>
internal sealed record UnboundedValue(string What, bool IsOfSpan)
{
    /// <summary>The exception whose text it is; null when it is no such text.</summary>
    public IOperation? Exception { get; init; }

    private const int MaxDepth = 8;

    // What leaves a text as unbounded as it was.
    private static readonly HashSet<string> s_formatters = new(StringComparer.Ordinal)
    {
        "Concat", "Format", "ToHexString", "ToLower", "ToLowerInvariant", "ToString", "ToUpper", "ToUpperInvariant", "Trim",
    };

    /// <summary>What is unbounded in a value: it, a part of its text, or what it is in one of two cases.</summary>
    /// <returns>Null when nothing is, for certain.</returns>
    public static UnboundedValue? In(IOperation value, CancellationToken cancellation) => In(value, MaxDepth, cancellation);

    private static UnboundedValue? In(IOperation value, int depth, CancellationToken cancellation)
    {
        if (depth == 0 || value.ConstantValue.HasValue)
        {
            return null;
        }

        if (OfType(value) is { } known)
        {
            return known;
        }

        return value switch
        {
            IConversionOperation { Operand: var operand } => In(operand, depth - 1, cancellation),
            ICoalesceOperation { Value: var one, WhenNull: var other } => In(one, depth - 1, cancellation) ?? In(other, depth - 1, cancellation),
            IConditionalOperation { WhenTrue: var one, WhenFalse: { } other } => In(one, depth - 1, cancellation) ?? In(other, depth - 1, cancellation),
            IConditionalAccessOperation { WhenNotNull: var read } => In(read, depth - 1, cancellation),
            IInterpolatedStringOperation { Parts: var parts } => InAny(parts.OfType<IInterpolationOperation>().Where(static hole => !IsCoarse(hole.FormatString)).Select(static hole => hole.Expression), depth, cancellation),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, LeftOperand: var one, RightOperand: var other } => In(one, depth - 1, cancellation) ?? In(other, depth - 1, cancellation),
            ILocalReferenceOperation local when ComputedFrom.DeclaredValue(local, cancellation) is { } declared => In(declared, depth - 1, cancellation),
            IPropertyReferenceOperation property => OfProperty(property),
            IInvocationOperation call => OfCall(call, depth, cancellation),
            _ => null,
        };
    }

    private static UnboundedValue? InAny(IEnumerable<IOperation> values, int depth, CancellationToken cancellation)
    {
        foreach (var value in values)
        {
            if (In(value, depth - 1, cancellation) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static UnboundedValue? OfType(IOperation value) => value.Type is { Name: var name } type && IdSource.IsId(type)
        ? new UnboundedValue(name is "ActivityTraceId" ? "a trace id" : "a span id", IsOfSpan: true)
        : null;

    private static UnboundedValue? OfProperty(IPropertyReferenceOperation read) => read.Property switch
    {
        { Name: "Id" or "ParentId" or "RootId", ContainingType: { Name: "Activity" } type } when IsIn(type, "Diagnostics") => new("the id of a span", IsOfSpan: true),
        { Name: "Now" or "UtcNow", IsStatic: true, ContainingType: { Name: "DateTime" or "DateTimeOffset", ContainingNamespace.Name: "System" } } => new("the current time", IsOfSpan: false),
        { Name: "Message" or "StackTrace" } when IsException(read.Instance?.Type) => new("the text of an exception", IsOfSpan: false) { Exception = read.Instance },
        _ => null,
    };

    private static UnboundedValue? OfCall(IInvocationOperation call, int depth, CancellationToken cancellation)
    {
        var method = call.TargetMethod;
        if (method is { Name: "NewGuid" or "CreateVersion7", ContainingType: { Name: "Guid", ContainingNamespace.Name: "System" } })
        {
            return new("a new Guid", IsOfSpan: false);
        }

        if (!s_formatters.Contains(method.Name) || call.Arguments.Any(static argument => IsCoarse(argument.Value)))
        {
            return null;
        }

        return method.Name is "ToString" && IsException(call.Instance?.Type) ? new("the text of an exception", IsOfSpan: false) { Exception = call.Instance }
            : call.Instance is { } instance ? In(instance, depth - 1, cancellation)
            : method.ContainingType.SpecialType is SpecialType.System_String ? InAny(call.Arguments.SelectMany(static argument => OperationFacts.ItemsOrSelf(argument.Value)), depth, cancellation)
            : null;
    }

    // A time that is formatted down to days or hours is one of few; the hours of a day are 24.
    private static bool IsCoarse(IOperation? format)
        => format is { ConstantValue: { HasValue: true, Value: string text } } && text.Length > 1 && text.IndexOf('s') < 0 && text.IndexOf('{') < 0 && text.IndexOf('N') < 0;

    private static bool IsException(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type is { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(INamedTypeSymbol type, string home) => type.ContainingNamespace is { Name: var name } && name == home;
}
