using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// Finds spans that are left running. A span is followed while it is in a local of the function that starts it: one that is returned,
/// stored, passed on or captured may be stopped by other code.
/// </summary>
internal sealed class SpanLeaks(SpanStarts starts, CompilationContext context)
{
    private readonly AmbientStops _ambient = new(context);

    /// <summary>How the span that a call starts is left running.</summary>
    /// <returns>Null when it is stopped, or may be.</returns>
    public SpanLeak? Of(IInvocationOperation call, CancellationToken cancellation)
    {
        if (starts.Of(call) is not { BecomesCurrent: true }
            || FunctionGraphs.FunctionAround(call.Syntax) is not { } function
            || EnclosingBody.IsIterator(function))
        {
            return null;
        }

        var way = WayOf(call, cancellation);
        if (StoppedInAnotherFlow.Of(call, way, function, context, cancellation) is { } stopper)
        {
            return new SpanLeak(SpanLeakKind.OtherFlow, stopper.Syntax);
        }

        if (Holder(way, function, cancellation) is not { } held)
        {
            return null;
        }

        var uses = held.Local is null ? SpanUses.None : SpanUses.Of(held.Local, function, context, cancellation);
        if (uses.Leaves || FunctionGraphs.Of(function, context.Of(function.SyntaxTree), cancellation) is not { } graph
            || new SpanPaths(graph, call.Syntax, held.Local, uses).Find(cancellation) is not { } leak)
        {
            return null;
        }

        // An exception that leaves the entry point ends the process, and the span with it.
        return (leak.Kind is SpanLeakKind.Exception && IsEntryPoint(function)) || (uses.Stops.IsEmpty
            && _ambient.Reach(call.Syntax, cancellation)) ? null : leak;
    }

    private SpanWay WayOf(IInvocationOperation call, CancellationToken cancellation)
        => call.Instance is ILocalReferenceOperation { Local: var receiver } && starts.IsSpan(receiver.Type)
            ? new SpanWay(IsMadeHere(receiver, cancellation) ? SpanUse.Held : SpanUse.Leaves, receiver)
            : call.Instance is IObjectCreationOperation || !starts.IsSpan(call.Instance?.Type) ? SpanWay.Of(call)
            : new SpanWay(SpanUse.Leaves);

    // Where the span is after the call: in a local of the same function, or nowhere.
    private static SpanWay? Holder(SpanWay way, SyntaxNode function, CancellationToken cancellation) => way switch
    {
        { Use: SpanUse.Nothing } => way,
        { Use: SpanUse.Held, Local: { DeclaringSyntaxReferences: [var declaration] } }
            when FunctionGraphs.FunctionAround(declaration.GetSyntax(cancellation)) == function
            => way,
        _ => null,
    };

    // Created by new Activity(name) or CreateActivity, and started later.
    private bool IsMadeHere(ILocalSymbol local, CancellationToken cancellation)
        => local.DeclaringSyntaxReferences is [var declaration]
            && declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax
            {
                Initializer.Value: { } value,
                Parent.Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 }
            }
            && context.Of(value.SyntaxTree).GetOperation(value, cancellation)?.Unconverted() is IObjectCreationOperation
                or IInvocationOperation { TargetMethod.Name: "CreateActivity" };

    private static bool IsEntryPoint(SyntaxNode function)
        => function is CompilationUnitSyntax or MethodDeclarationSyntax { Identifier.ValueText: "Main" };
}
