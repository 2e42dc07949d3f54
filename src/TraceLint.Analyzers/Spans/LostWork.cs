using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Spans;

/// <summary>What work does for a trace that it does not belong to any more.</summary>
/// <param name="Act">What it does.</param>
/// <param name="Span">The span it is cut off from.</param>
internal sealed record Lost(TracedAct Act, LiveSpan Span);

/// <summary>Work of a caller that is handed over without the caller's context.</summary>
internal sealed class LostWork(LiveSpans spans, LiveCallers callers, TracedWork traced, SpanStarts starts, CompilationContext context)
{
    /// <summary>The words without one of which no work is cut off.</summary>
    public static readonly string[] Words =
        FlowSuppression.Words.Concat(FlowTable.Rows.Where(static row => row is { Captured: CapturedAt.Never, Sees: Seen.None }).Select(static row => row.Member)).ToArray();

    /// <summary>The names of the calls that may hand work over. Asked before anything semantic.</summary>
    public static readonly string[] CalledNames =
        [.. FlowTable.Rows.Where(static row => row is { Captured: CapturedAt.Never, Sees: Seen.None } or { Sees: Seen.Caller, Suppressed: Seen.None }).Select(static row => row.Member).Distinct()];

    /// <summary>Whether the context is lost where work is handed over.</summary>
    /// <param name="suppression">The using that suppresses the flow; null when the API itself carries nothing.</param>
    public static bool IsLost(HandOff handOff, SemanticModel model, out SyntaxNode? suppression, CancellationToken cancellation)
    {
        suppression = null;
        return handOff switch
        {
            // Registrations and awaiters are plumbing; what waits for a handle has nobody to belong to.
            { Fact: { Captured: CapturedAt.Never, Sees: Seen.None, Type: FlowTable.Names.Thread or FlowTable.Names.ThreadPool, Member: not "UnsafeRegisterWaitForSingleObject" } } => true,
            { Fact: { Sees: Seen.Caller, Suppressed: Seen.None }, IsPeriodic: false } when handOff.Operation.Syntax.Parent is not AwaitExpressionSyntax
                => (suppression = FlowSuppression.Around(handOff.Operation.Syntax, model, cancellation)
                    ?? FlowSuppression.UntilFinally(handOff.Operation.Syntax, model, cancellation)) is not null,
            _ => false,
        };
    }

    /// <summary>What the work does for a trace of the caller; null when it does nothing, has a context after all, or belongs to nobody.</summary>
    /// <param name="suppression">The using that suppresses the flow, if any.</param>
    public Lost? In(HandOff handOff, SyntaxNode? suppression, CancellationToken cancellation)
    {
        var place = suppression ?? handOff.Operation.Syntax;
        if (BringsContext(handOff) || FlowSuppression.MayPrecede(place))
        {
            return null;
        }

        if (FunctionBody.Of(handOff.Work, context, cancellation) is { } work && ActIn(work, cancellation) is { } act)
        {
            return callers.At(place, cancellation) is { } ambient ? new Lost(act, ambient.Span) : null;
        }

        return DelegateOfCaller(handOff.Work, cancellation) is { } given ? InCallers(given, cancellation) : null;
    }

    private TracedAct? ActIn(FunctionBody work, CancellationToken cancellation)
        => traced.FirstIn(work, cancellation) is { } act
            && act.Span is null or { Parent: null, ParentId: null, Links: null, IsRoot: false }
            && !IsEntry(act.Span)
            && !traced.BringsContext(work, cancellation)
            && EndlessLoops.In(work, context, cancellation) is null
            && SpanWrites.In(work, ends: false, call: null, spans, starts, context, cancellation) is null
                ? act
                : null;

    // A span of a message or a request is where a trace comes in.
    private static bool IsEntry(SpanStart? span) => span?.Kind?.Syntax.ToString() is { } kind && (kind.EndsWith("Consumer", StringComparison.Ordinal) || kind.EndsWith("Server", StringComparison.Ordinal));

    private static bool BringsContext(HandOff handOff)
    {
        foreach (var argument in Arguments(handOff.Operation))
        {
            if (argument.ArgumentKind is not ArgumentKind.DefaultValue && TracedWork.Carries(argument.Value.Unconverted().Type))
            {
                return true;
            }
        }

        return false;
    }

    private static ImmutableArray<IArgumentOperation> Arguments(IOperation operation)
        => operation is IInvocationOperation call ? call.Arguments : ((IObjectCreationOperation)operation).Arguments;

    // The parameter itself, or a lambda that does no more than to invoke it.
    private IParameterSymbol? DelegateOfCaller(IOperation work, CancellationToken cancellation)
    {
        if (work.Unconverted() is IParameterReferenceOperation { Parameter: { Type.TypeKind: TypeKind.Delegate } parameter })
        {
            return parameter;
        }

        if (FunctionBody.Of(work, context, cancellation) is not { } body || traced.BringsContext(body, cancellation))
        {
            return null;
        }

        var model = context.Of(body.Body.SyntaxTree);
        foreach (var node in body.Nodes())
        {
            if (node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax or MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Invoke" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" } } call
                && model.GetOperation(call, cancellation) is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } target }
                && target.Unconverted() is IParameterReferenceOperation { Parameter: var given } && given.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary })
            {
                return given;
            }
        }

        return null;
    }

    private Lost? InCallers(IParameterSymbol given, CancellationToken cancellation)
    {
        foreach (var call in CallIndex.CallsOf(given.ContainingSymbol.Name, context, cancellation))
        {
            if (!SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, given.ContainingSymbol))
            {
                continue;
            }

            foreach (var argument in call.Arguments)
            {
                if (argument.Parameter?.Ordinal == given.Ordinal && FunctionBody.Of(argument.Value, context, cancellation) is { } work
                    && ActIn(work, cancellation) is { } act && spans.At(call.Syntax, acrossFunctions: false, cancellation) is { } span)
                {
                    return new Lost(act, span);
                }
            }
        }

        return null;
    }
}
