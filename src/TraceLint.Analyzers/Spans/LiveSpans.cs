using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Engine;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>A span that is current at a place in the code, because code of the same member has started it before.</summary>
/// <param name="Start">The call that starts it: in a helper of the project, where the member calls one.</param>
/// <param name="Call">The code of the member that starts it: the same call, or that of the helper.</param>
/// <param name="Variable">The local that holds it; null when none does.</param>
/// <param name="Ends">Whether the function that starts it ends it on every path.</param>
/// <param name="IsOutside">Whether it was started outside the lambda or local function that the place is in.</param>
internal sealed record LiveSpan(SpanStart Start, SyntaxNode Call, ILocalSymbol? Variable, bool Ends, bool IsOutside)
{
    /// <summary>The <c>using</c> statement or the block in which the member starts it.</summary>
    public SyntaxNode Scope
        => Call.Ancestors().First(static one => one is BlockSyntax or UsingStatementSyntax or SwitchSectionSyntax
            or AnonymousFunctionExpressionSyntax or CompilationUnitSyntax or (MemberDeclarationSyntax and not GlobalStatementSyntax));
}

/// <summary>Finds the spans that are current for sure, if they are created at all.</summary>
internal sealed class LiveSpans
{
    private readonly SpanStarts _starts;
    private readonly SpanWrappers _wrappers;
    private readonly CompilationContext _context;
    private readonly CodeBodies _code;

    private LiveSpans(SpanStarts starts, SpanWrappers wrappers, CompilationContext context)
        => (_starts, _wrappers, _context, _code) = (starts, wrappers, context, CodeBodies.In(context));

    /// <summary>The spans of a compilation; null when it has none.</summary>
    public static LiveSpans? In(CompilationContext context)
        => context.Shared(static one => SpanStarts.In(one.Compilation) is { } starts && SpanWrappers.In(one) is { } wrappers
            ? new LiveSpans(starts, wrappers, one)
            : null);

    /// <summary>The span that the same member has made current at a place.</summary>
    /// <param name="node">The place.</param>
    /// <param name="acrossFunctions">Whether a span counts that was started outside the lambda or local function the place is in.</param>
    /// <returns>Null when there is none that is certain; a caller may have one.</returns>
    public LiveSpan? At(SyntaxNode node, bool acrossFunctions, CancellationToken cancellation)
    {
        if (!MayBeAround(node, cancellation) || _code.AnalysisOf(node, cancellation) is not { } analysis)
        {
            return null;
        }

        var isOutside = false;
        for (var place = node; ; (place, isOutside) = (FunctionGraphs.FunctionAround(place)!, true))
        {
            foreach (var point in analysis.PointsAt(place))
            {
                if (At(point, analysis, acrossFunctions, cancellation) is { } live)
                {
                    return live with { IsOutside = live.IsOutside || isOutside };
                }
            }

            if (!acrossFunctions || FunctionGraphs.FunctionAround(place) is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            {
                return null;
            }
        }
    }

    /// <summary>Whether a local holds a span that runs at a place, and that the function around the place ends later.</summary>
    public bool EndsAfter(SyntaxNode place, ILocalSymbol local, CancellationToken cancellation)
        => _code.AnalysisOf(place, cancellation) is { } analysis
            && analysis.PointsAt(place).Any(point => point.State[local] is { Objects: { IsEmpty: false } spans }
                && spans.All(span => EndsAfter(span, point, analysis)));

    // A span that comes from code which cannot be seen runs until it is ended here.
    private static bool EndsAfter(HeapObject span, Point point, BodyAnalysis analysis)
        => point.State[span].Phases is SpanPhases.None
            ? analysis.Events.OfType<SpanStopped>().Any(stop => stop.Run == point.Run && stop.Spans.Contains(span))
            : (point.State[span].Phases & SpanPhases.Running) != 0 && IsEnded(span, point.Run);

    // Most members start no span.
    private bool MayBeAround(SyntaxNode node, CancellationToken cancellation)
    {
        var calls = FileIndex.Of(node.SyntaxTree, cancellation).Calls;
        var member = EnclosingBody.Of(node)?.Span ?? default;
        return _wrappers.CalledNames(cancellation)
            .Any(name => calls.TryGetValue(name, out var spans) && spans.Any(span => member.Contains(span)));
    }

    private LiveSpan? At(Point point, BodyAnalysis analysis, bool acrossFunctions, CancellationToken cancellation)
    {
        if (point.State[State.CurrentSpan] is not { Objects: { IsEmpty: false } spans } current
            || !spans.All(span => (point.State[span].Phases & SpanPhases.Running) != 0))
        {
            return null;
        }

        foreach (var started in analysis.Events.OfType<SpanStarted>())
        {
            if (current.Contains(started.Span)
                && started.PlaceIn(point.Run, orAround: acrossFunctions) is var (call, isOutside)
                && _context.Of(started.Operation.Syntax.SyntaxTree).GetOperation(started.Operation.Syntax, cancellation) is IInvocationOperation start
                && _starts.Of(start) is { } found)
            {
                return new LiveSpan(found, call.Syntax, VariableOf(started.Span, point.State), IsEnded(started.Span, point.Run), isOutside);
            }
        }

        return null;
    }

    private static bool IsEnded(HeapObject span, BodyRun run) => run.Exit is { } exit && (exit[span].Phases & SpanPhases.Running) == 0;

    private static ILocalSymbol? VariableOf(HeapObject span, State state)
        => state.Variables.Where(variable => variable.Value.OnlyObject == span).Select(static variable => variable.Key).OfType<ILocalSymbol>()
            .OrderByDescending(static local => local.Locations[0].SourceSpan.Start).FirstOrDefault();
}
