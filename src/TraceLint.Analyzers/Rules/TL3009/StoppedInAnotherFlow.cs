using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// Spans that a non-async function starts and passes to an async method of the project, which stops them. Each call to an async method
/// has an <c>Activity.Current</c> of its own, so the stop restores the parent there, but not in the caller of the function.
/// </summary>
internal static class StoppedInAnotherFlow
{
    /// <summary>The call to the async method that stops a span.</summary>
    /// <param name="start">The call that starts the span.</param>
    /// <param name="way">Where the span goes after its start.</param>
    /// <param name="function">The function that starts the span.</param>
    /// <returns>Null when the span also goes elsewhere, or the function is async or sets <c>Activity.Current</c> itself.</returns>
    public static IInvocationOperation? Of(
        IInvocationOperation start, SpanWay way, SyntaxNode function, CompilationContext context, CancellationToken cancellation)
    {
        if (function is CompilationUnitSyntax || FunctionGraphs.IsAsync(function) || HandedToCaller.SetsCurrent(function))
        {
            return null;
        }

        if (way is not { Use: SpanUse.Held, Local: { } local })
        {
            return way.Use is SpanUse.Leaves ? StopperOf(start, context, cancellation) : null;
        }

        IInvocationOperation? stopper = null;
        var model = context.Of(function.SyntaxTree);
        foreach (var name in LocalValues.References(local, model, cancellation))
        {
            if (model.GetOperation(name, cancellation) is not { } reference || FunctionGraphs.FunctionAround(name) != function)
            {
                return null;
            }

            switch (SpanWay.Of(reference).Use)
            {
                case SpanUse.Nothing:
                    continue;
                case SpanUse.Leaves when StopperOf(reference, context, cancellation) is { } found:
                    stopper = found;
                    continue;
                default:
                    return null;
            }
        }

        return stopper;
    }

    private static IInvocationOperation? StopperOf(IOperation span, CompilationContext context, CancellationToken cancellation)
    {
        SpanWay.Of(span, out var place);
        return place is IArgumentOperation
        {
            Parent: IInvocationOperation { TargetMethod: { IsAsync: true } method } call,
            Parameter: { RefKind: RefKind.None } parameter
        }
            && (method.ReducedFrom ?? method).OriginalDefinition is var target
            && FunctionBody.Of(target, call.IsVirtual, context, cancellation) is { Function: var stopper }
            && !HandedToCaller.SetsCurrent(stopper)
            && SpanUses.Of(target.Parameters[parameter.Ordinal], stopper, context, cancellation) is { Leaves: false, Stops.IsEmpty: false }
                ? call
                : null;
    }
}
