using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Engine;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>A parent that is set on a span for which it is certain that the sampler has decided, or that it has started.</summary>
/// <param name="Set">The call that sets it.</param>
/// <param name="By">The expression that creates or starts the span.</param>
/// <param name="IsStarted">Whether it has started; else it comes from <c>CreateActivity</c>, without a parent.</param>
internal sealed record DecidedSpan(ParentSet Set, SyntaxNode By, bool IsStarted);

/// <summary>Finds out whether the span that gets a parent is a <see cref="DecidedSpan"/>.</summary>
internal sealed class DecidedSpans(CompilationContext context)
{
    private readonly CodeBodies _code = CodeBodies.In(context);

    /// <summary>The span that a call sets the parent of.</summary>
    /// <returns>Null when the sampler may not have decided, or with the parent.</returns>
    public DecidedSpan? Of(InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        DecidedSpan? decided = null;
        foreach (var analysis in _code.AnalysesAround(call, one => SetsAt(call, one).Any(IsPassed), cancellation))
        {
            foreach (var set in SetsAt(call, analysis))
            {
                // Of a parameter, the callers know more, if these are all of them.
                if (IsPassed(set) && _code.AreCallersKnown(set.Run.Root.Body.Method, cancellation))
                {
                    continue;
                }

                if (Of(set, analysis, call) is not { } one)
                {
                    return null;
                }

                decided = decided is null || (decided.IsStarted && !one.IsStarted) ? one : decided;
            }
        }

        return decided;
    }

    private static IEnumerable<ParentSet> SetsAt(SyntaxNode call, BodyAnalysis analysis)
        => analysis.Events.OfType<ParentSet>().Where(set => set.Operation.Syntax == call);

    private static bool IsPassed(ParentSet set)
        => set.Call.Receiver.Is(Origin.Parameter);

    private static DecidedSpan? Of(ParentSet set, BodyAnalysis analysis, InvocationExpressionSyntax call)
    {
        SyntaxNode? by = null;
        var isStarted = true;
        var spans = set.Call.Receiver.Objects;
        foreach (var span in spans.Length > 1 ? spans.RemoveAll(IsFallback) : spans)
        {
            if (span.Site == State.CurrentSpan)
            {
                by ??= (call.Expression as MemberAccessExpressionSyntax)?.Expression
                    ?? (call.Parent as ConditionalAccessExpressionSyntax)?.Expression
                    ?? call;
                continue;
            }

            var phases = set.State[span].Phases;
            var created = analysis.Events.OfType<SpanCreated>().FirstOrDefault(one => one.Operation == span.Site);
            if (created is null || phases is SpanPhases.None)
            {
                return null;
            }

            if ((phases & SpanPhases.Created) == 0)
            {
                by ??= created.Operation.Syntax is InvocationExpressionSyntax ? created.Operation.Syntax : StartOf(span, analysis);
            }
            else if (phases is SpanPhases.Created && !IsNew(span, analysis) && !HasParent(created))
            {
                by ??= created.Operation.Syntax;
                isStarted = false;
            }
            else
            {
                return null;
            }
        }

        return by is null ? null : new DecidedSpan(set, by, isStarted);
    }

    private static bool IsNew(HeapObject span, BodyAnalysis analysis)
        => analysis.Events.OfType<SpanCreated>().Any(
            one => one.Operation == span.Site && one.Call.Method.MethodKind is MethodKind.Constructor);

    // CreateActivity(name) ?? new Activity(name): nothing listens where the second is used, and no sampler has a say.
    private static bool IsFallback(HeapObject span)
        => span.Site is IObjectCreationOperation
        {
            Syntax.Parent.RawKind: (int)SyntaxKind.CoalesceExpression or (int)SyntaxKind.CoalesceAssignmentExpression
        };

    private static SyntaxNode? StartOf(HeapObject span, BodyAnalysis analysis)
        => analysis.Events.OfType<SpanStarted>().FirstOrDefault(started => started.Span == span)?.Operation.Syntax;

    private static bool HasParent(SpanCreated created)
        => IsGiven(created.Call.Argument("parentContext")) || IsGiven(created.Call.Argument("parentId"));

    private static bool IsGiven(Value? parent) => parent is { IsNull: false, Constant: not "" };
}
