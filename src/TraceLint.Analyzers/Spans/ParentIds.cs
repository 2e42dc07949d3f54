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
            && ValueOf(call, traceId) is { } trace && ValueOf(call, spanId) is { } span
                ? new ParentIds(trace, span, ValueOf(call, flags))
                : null;

    /// <summary>Whether no decision can have come with the ids.</summary>
    public bool AreMadeUp(CancellationToken cancellation)
        => IdSource.Of(TraceId, cancellation).Origin is IdOrigin.MadeUp || IdSource.Of(SpanId, cancellation).Origin is IdOrigin.MadeUp;

    private static IOperation? ValueOf(IInvocationOperation call, IParameterSymbol parameter)
    {
        foreach (var argument in call.Arguments)
        {
            if (SymbolEqualityComparer.Default.Equals(argument.Parameter, parameter))
            {
                return argument.ArgumentKind is ArgumentKind.DefaultValue ? null : argument.Value;
            }
        }

        return null;
    }
}
