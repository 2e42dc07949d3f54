using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Spans;

/// <summary>What happens in a body in one world.</summary>
/// <param name="Outcome">What was seen of it; null when it does not run, or when nothing is certain.</param>
/// <param name="Names">The variables that hold the spans, by the expression that starts them.</param>
internal sealed record SpanReport(SpanOutcome? Outcome, IReadOnlyDictionary<SyntaxNode, ISymbol> Names)
{
    /// <summary>The body cannot be followed.</summary>
    public static readonly SpanReport Unclear = new(null, new Dictionary<SyntaxNode, ISymbol>());

    /// <summary>Nobody calls it in this world.</summary>
    public static readonly SpanReport NotRun = new(null, new Dictionary<SyntaxNode, ISymbol>());

    /// <summary>What was seen of the innermost function around a node; null when that does not run.</summary>
    public SpanOutcome? Around(SyntaxNode node)
    {
        var outcome = Outcome;
        foreach (var function in FunctionsAround(node))
        {
            outcome = outcome?.Nested.TryGetValue(function, out var nested) is true ? nested.Outcome : null;
        }

        return outcome;
    }

    /// <summary>The arguments of a call that hands on a span; null when it does not run.</summary>
    public SpanValue[]? Runs(SyntaxNode call) => Around(call)?.Arguments.TryGetValue(call, out var arguments) is true ? arguments : null;

    /// <summary>The lambdas and local functions around a node, outermost first.</summary>
    public static IEnumerable<SyntaxNode> FunctionsAround(SyntaxNode node)
        => node.Ancestors().TakeWhile(static ancestor => ancestor is not MemberDeclarationSyntax or GlobalStatementSyntax)
            .Where(static ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax).Reverse();
}
