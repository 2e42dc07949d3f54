using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Spans;

/// <summary>The ids and flags that a context, or a parent, is put together from.</summary>
/// <param name="TraceId">The id of the trace.</param>
/// <param name="SpanId">The id of the span.</param>
/// <param name="Flags">The flags; null where they are left to their default.</param>
internal sealed record ParentIds(IOperation TraceId, IOperation SpanId, IOperation? Flags)
{
    /// <summary>What <c>SetParentId(traceId, spanId, flags)</c> is given.</summary>
    /// <returns>Null when it is another method, or the overload for a text.</returns>
    public static ParentIds? Of(IInvocationOperation call, INamedTypeSymbol activity)
        => call.TargetMethod is { Name: "SetParentId", Parameters: [var traceId, var spanId, var flags] } method
            && SymbolEqualityComparer.Default.Equals(method.ContainingType, activity)
            && ValueOf(call.Arguments, traceId) is { } trace && ValueOf(call.Arguments, spanId) is { } span
                ? new ParentIds(trace, span, ValueOf(call.Arguments, flags))
                : null;

    /// <summary>What <c>new ActivityContext(traceId, spanId, flags)</c> is given.</summary>
    /// <returns>Null when it is another type, or empty.</returns>
    public static ParentIds? Of(IObjectCreationOperation creation)
        => creation is { Type: { Name: "ActivityContext" } type, Arguments.Length: >= 3, Constructor.Parameters: [var traceId, var spanId, var flags, ..] }
            && IdSource.IsId(traceId.Type) && type.ContainingNamespace.ToDisplayString() == "System.Diagnostics"
            && ValueOf(creation.Arguments, traceId) is { } trace && ValueOf(creation.Arguments, spanId) is { } span
                ? new ParentIds(trace, span, ValueOf(creation.Arguments, flags))
                : null;

    /// <summary>Whether no decision can have come with the ids.</summary>
    public bool AreMadeUp(CancellationToken cancellation)
        => IdSource.Of(TraceId, cancellation).Origin is IdOrigin.MadeUp || IdSource.Of(SpanId, cancellation).Origin is IdOrigin.MadeUp;

    private static IOperation? ValueOf(ImmutableArray<IArgumentOperation> arguments, IParameterSymbol parameter)
    {
        foreach (var argument in arguments)
        {
            if (SymbolEqualityComparer.Default.Equals(argument.Parameter, parameter))
            {
                return argument.ArgumentKind is ArgumentKind.DefaultValue ? null : argument.Value;
            }
        }

        return null;
    }
}
