using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>Where an id of a trace or a span comes from.</summary>
internal enum IdOrigin
{
    /// <summary>A parameter, a field, the result of a call.</summary>
    Unknown,

    /// <summary>A context or a span, which has flags as well.</summary>
    Context,

    /// <summary>Text or bytes that were there before: a header, a column.</summary>
    Text,

    /// <summary>Nothing: it is random, a hash, a constant. There is no decision that came with it.</summary>
    MadeUp,
}

/// <summary>Where an id of a trace or a span comes from, and the object it was read off.</summary>
/// <param name="Origin">Where from.</param>
/// <param name="Holder">The context, the span or whatever has the id as a member; null when it is no member.</param>
internal readonly record struct IdSource(IdOrigin Origin, IOperation? Holder)
{
    /// <summary>The parameter that it is; null when it is none.</summary>
    public IParameterSymbol? Parameter { get; private init; }

    /// <summary>The member of the holder that it is; null when it is none.</summary>
    public ISymbol? Member { get; private init; }

    private const int MaxDepth = 8;

    private static readonly HashSet<string> s_parsers = new(StringComparer.Ordinal) { "CreateFromBytes", "CreateFromString", "CreateFromUtf8String" };
    private static readonly HashSet<string> s_formatters = new(StringComparer.Ordinal) { "AsSpan", "ToHexString", "ToLower", "ToLowerInvariant", "ToString" };
    private static readonly string[] s_makers = ["Create", "Generate", "New", "Next", "Random"];

    /// <summary>Looks through conversions, formatting and locals.</summary>
    public static IdSource Of(IOperation id, CancellationToken cancellation) => Of(id, MaxDepth, cancellation);

    private static IdSource Of(IOperation id, int depth, CancellationToken cancellation)
    {
        switch (id)
        {
            case var _ when depth == 0:
                return default;
            case { ConstantValue.HasValue: true } or IDefaultValueOperation or IObjectCreationOperation { Arguments.IsEmpty: true }:
                return new IdSource(IdOrigin.MadeUp, null);
            case IConversionOperation { Operand: var operand }:
                return Of(operand, depth - 1, cancellation);
            case ICoalesceOperation { Value: var value }:
                return Of(value, depth - 1, cancellation);
            case IConditionalAccessOperation { WhenNotNull: var value }:
                return Of(value, depth - 1, cancellation);
            case IPropertyReferenceOperation { Property: var property, Instance: { } holder }:
                return new IdSource(IsId(property.Type) ? IdOrigin.Context : IdOrigin.Unknown, HolderOf(holder)) { Member = property };
            case IFieldReferenceOperation { Field: { IsStatic: false } field, Instance: { } holder }:
                return new IdSource(IdOrigin.Unknown, HolderOf(holder)) { Member = field };
            case IParameterReferenceOperation { Parameter: var parameter }:
                return new IdSource(IdOrigin.Unknown, null) { Parameter = parameter };
            case ILocalReferenceOperation local when ComputedFrom.DeclaredValue(local, cancellation) is { } value:
                return Of(value, depth - 1, cancellation);
            case IInvocationOperation call:
                return OfCall(call, depth, cancellation);
            default:
                return default;
        }
    }

    private static IdSource OfCall(IInvocationOperation call, int depth, CancellationToken cancellation)
    {
        var name = call.TargetMethod.Name;
        if (s_formatters.Contains(name) && (call.Instance ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments[0].Value : null)) is { } formatted)
        {
            return Of(formatted, depth - 1, cancellation);
        }

        if (s_parsers.Contains(name) && IsId(call.TargetMethod.ContainingType) && call.Arguments is [{ Value: var text }])
        {
            return new IdSource(IsMadeUp(text, cancellation) ? IdOrigin.MadeUp : IdOrigin.Text, null);
        }

        return new IdSource(Makes(call) ? IdOrigin.MadeUp : IdOrigin.Unknown, null);
    }

    // Bytes that are filled in here come from a generator of random numbers, or from where nobody looks.
    private static bool IsMadeUp(IOperation text, CancellationToken cancellation)
    {
        if (text.ConstantValue.HasValue)
        {
            return true;
        }

        foreach (var part in ComputedFrom.Of(text, cancellation))
        {
            if (part is IArrayCreationOperation || part.Syntax is StackAllocArrayCreationExpressionSyntax || (part is IInvocationOperation call && Makes(call)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Makes(IInvocationOperation call)
    {
        var name = call.TargetMethod.Name;
        if (s_parsers.Contains(name))
        {
            return false;
        }

        return name.IndexOf("Hash", StringComparison.Ordinal) >= 0
            || Array.Exists(s_makers, maker => name.StartsWith(maker, StringComparison.Ordinal));
    }

    /// <summary>What a member is read off, also behind a question mark.</summary>
    public static IOperation HolderOf(IOperation instance)
    {
        if (instance is not IConditionalAccessInstanceOperation)
        {
            return instance;
        }

        for (var outer = instance.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IConditionalAccessOperation access)
            {
                return access.Operation;
            }
        }

        return instance;
    }

    /// <summary>Whether a type is that of an id of a trace or a span.</summary>
    public static bool IsId(ITypeSymbol? type)
        => type is { Name: "ActivityTraceId" or "ActivitySpanId", ContainingNamespace: { Name: "Diagnostics", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } };
}
