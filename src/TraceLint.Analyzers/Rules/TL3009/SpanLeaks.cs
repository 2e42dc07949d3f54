using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Engine;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// Finds spans that are left running. The function that starts a span is responsible for it; where it returns the span, its caller is. A
/// span that other code has may be stopped there.
/// </summary>
internal sealed class SpanLeaks(SpanWrappers spans, CompilationContext context)
{
    private readonly CodeBodies _code = CodeBodies.In(context);
    private readonly AmbientStops _ambient = new(context);

    /// <summary>How the span that a call starts, or returns as one that it has started, is left running.</summary>
    /// <returns>Null when it is stopped, or may be.</returns>
    public SpanLeak? Of(IInvocationOperation call, CancellationToken cancellation)
    {
        if (!MayLeak(call)
            || !spans.LeavesSpan(call, cancellation)
            || FunctionGraphs.FunctionAround(call.Syntax) is not { } function
            || EnclosingBody.IsIterator(function)
            || _code.AnalysisOf(call.Syntax, cancellation) is not { } analysis)
        {
            return null;
        }

        foreach (var started in analysis.Events.OfType<SpanStarted>())
        {
            if (!started.BecomesCurrent || ResponsibleFor(started) is not var (place, run) || place.Syntax != call.Syntax)
            {
                continue;
            }

            var stops = analysis.Events.OfType<SpanStopped>().Where(stop => stop.Spans.Contains(started.Span)).ToList();
            if (Of(started, stops, place, run, function) is { } leak)
            {
                return stops.Count == 0 && _ambient.Reach(call.Syntax, cancellation) ? null : leak;
            }
        }

        return null;
    }

    // Judging by what becomes of the result: a using stops it; what is returned or stored goes elsewhere.
    private static bool MayLeak(IInvocationOperation call)
        => SpanWay.Of(call, out var place).Use switch
        {
            SpanUse.Stops => false,
            SpanUse.Leaves
                => place is IArgumentOperation or IDeconstructionAssignmentOperation || call.Instance is ILocalReferenceOperation,
            _ => true,
        };

    // The operation by which the responsible function gets the span, and the run of that function.
    private static (IOperation Place, BodyRun Run)? ResponsibleFor(SpanStarted started)
    {
        var (place, run) = (started.Operation, started.Run);
        while (IsHandedOut(started.Span, run))
        {
            if (run is not { Call: { } call, Caller: { } caller })
            {
                return null;
            }

            (place, run) = (call, caller);
        }

        return (place, run);
    }

    private static bool IsHandedOut(HeapObject span, BodyRun run)
    {
        if (run.Exit is not { } exit)
        {
            return false;
        }

        var results = run.Body.Method is { } method
            ? method.Parameters.Where(static parameter => parameter.RefKind is RefKind.Out or RefKind.Ref).Select(result => exit[result])
            : [];
        return results.Append(run.Returned).Append(run.Yielded).OfType<Value>().Any(result => exit.IsReachable(span, result));
    }

    private static SpanLeak? Of(SpanStarted started, List<SpanStopped> stops, IOperation place, BodyRun run, SyntaxNode function)
    {
        var span = started.Span;
        var (exit, thrown) = (run.Exit?[span] ?? ObjectState.Empty, run.ExceptionalExit?[span] ?? ObjectState.Empty);
        if (exit.HasEscaped || thrown.HasEscaped)
        {
            return null;
        }

        if (stops.Exists(stop => FunctionGraphs.FunctionAround(stop.Operation.Syntax) != function))
        {
            return StoppedInAnotherFlow(stops, run, function);
        }

        // What happens between the start and the return is the business of the function that starts it.
        var isStartedHere = place == started.Operation;
        return isStartedHere && started.State[span].IsRunning && IsInLoop(place.Syntax, function) ? new SpanLeak(SpanLeakKind.Loop, null)
            : exit.IsRunning ? new SpanLeak(stops.Count == 0 ? SpanLeakKind.Never : SpanLeakKind.SomePath, ReturnIn(run, span))
            : isStartedHere && thrown.IsRunning && (stops.Count > 0 || run.Exit is null) && !IsEntryPoint(function)
                ? new SpanLeak(SpanLeakKind.Exception, ThrowIn(run, span) ?? place.Syntax)
            : null;
    }

    // Each call to an async method has an Activity.Current of its own: the stop restores the parent there, but not in the caller.
    private static SpanLeak? StoppedInAnotherFlow(List<SpanStopped> stops, BodyRun run, SyntaxNode function)
    {
        if (function is CompilationUnitSyntax || FunctionGraphs.IsAsync(function) || HandedToCaller.SetsCurrent(function))
        {
            return null;
        }

        SyntaxNode? where = null;
        foreach (var stop in stops)
        {
            var callee = stop.Run;
            while (callee.Caller is { } caller && caller != run)
            {
                callee = caller;
            }

            if (callee is not { Call: { } call, Body.Method: { IsAsync: true, DeclaringSyntaxReferences: [var declaration] } }
                || HandedToCaller.SetsCurrent(declaration.GetSyntax()))
            {
                return null;
            }

            where = call.Syntax;
        }

        return new SpanLeak(SpanLeakKind.OtherFlow, where);
    }

    private static SyntaxNode? ReturnIn(BodyRun run, HeapObject span)
        => First(run.Returns.Where(one => one.Value[span].IsRunning && IsReturn(one.Key)).Select(static one => one.Key.BranchValue!));

    private static bool IsReturn(BasicBlock block)
        => block is { BranchValue: not null, FallThroughSuccessor.Semantics: ControlFlowBranchSemantics.Return };

    private static SyntaxNode? ThrowIn(BodyRun run, HeapObject span)
        => First(run.Throws.Where(one => one.Value[span].IsRunning).Select(static one => one.Key));

    private static SyntaxNode? First(IEnumerable<IOperation> operations)
        => operations.Select(static operation => operation.Syntax).OrderBy(static node => node.SpanStart).FirstOrDefault();

    private static bool IsInLoop(SyntaxNode start, SyntaxNode function)
        => start.Ancestors().TakeWhile(ancestor => ancestor != function).Any(HandedToCaller.IsLoop);

    // An exception that leaves the entry point ends the process, and the span with it.
    private static bool IsEntryPoint(SyntaxNode function)
        => function is CompilationUnitSyntax or MethodDeclarationSyntax { Identifier.ValueText: "Main" };
}
