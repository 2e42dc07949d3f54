using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>A span that a loop without an end is inside of, and that the spans of all its rounds become children of.</summary>
internal sealed class SpanAroundLoop(LiveSpans spans, TracedWork work, CompilationContext context)
{
    /// <summary>The span around a loop; null when there is none, the loop ends, or its rounds start none that would join it.</summary>
    public LiveSpan? Of(StatementSyntax loop, CancellationToken cancellation)
    {
        var model = context.Of(loop.SyntaxTree);
        if (BodyOf(loop) is not { } body || !EndlessLoops.IsEndless(loop, model, cancellation) || spans.At(loop, acrossFunctions: false, cancellation) is not { } span
            || CompletedQueue.IsOf(loop, loop) || IsOfTheCaller(loop, model, cancellation) || FlowSuppression.MayPrecede(loop))
        {
            return null;
        }

        var round = new FunctionBody(loop, body);
        return work.FirstIn(round, cancellation) is { Span.IsRoot: false } && !SetsCurrent(round, cancellation) ? span : null;
    }

    private static StatementSyntax? BodyOf(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax { Statement: var body } => body,
        DoStatementSyntax { Statement: var body } => body,
        ForStatementSyntax { Statement: var body } => body,
        ForEachStatementSyntax { Statement: var body } => body,
        _ => null,
    };

    // A loop that goes on for as long as somebody says who called: a stream, a request. But who calls a hosted service is the host.
    private static bool IsOfTheCaller(StatementSyntax loop, SemanticModel model, CancellationToken cancellation)
    {
        var end = loop switch
        {
            WhileStatementSyntax { Condition: var condition } => condition,
            DoStatementSyntax { Condition: var condition } => condition,
            ForStatementSyntax { Condition: var condition } => condition,
            ForEachStatementSyntax { Expression: var items } => items,
            _ => null,
        };
        return end is not null
            && end.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => model.GetSymbolInfo(name, cancellation).Symbol is
                ILocalSymbol or IParameterSymbol { ContainingSymbol: not IMethodSymbol { MethodKind: MethodKind.Constructor } })
            && !IsHosted(loop, model, cancellation);
    }

    private static bool IsHosted(StatementSyntax loop, SemanticModel model, CancellationToken cancellation)
        => loop.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
            && model.GetDeclaredSymbol(declaration, cancellation) is INamedTypeSymbol type
            && type.AllInterfaces.Any(static contract => contract.Name == "IHostedService");

    private bool SetsCurrent(FunctionBody round, CancellationToken cancellation)
        => round.WithCallees(context, cancellation).Any(static body => body.Nodes().Any(static node => node is AssignmentExpressionSyntax { Left: var left } && FlowSuppression.IsCurrent(left)));
}
