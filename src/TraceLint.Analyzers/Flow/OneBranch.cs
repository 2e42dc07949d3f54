using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Flow;

/// <summary>What a condition may be about.</summary>
internal enum GuardSubject
{
    /// <summary>Spans and propagation.</summary>
    Spans,

    /// <summary>Those, and settings.</summary>
    Settings,

    /// <summary>Those, and headers, messages and contexts of any kind.</summary>
    Headers,
}

/// <summary>
/// Tells an injection that was forgotten on the other branch from one that is left out on purpose. Only a branch on what
/// the message is about counts as the former: a condition that speaks of spans, headers or settings was thought about,
/// and a loop, a handler or a lambda proves nothing.
/// </summary>
internal static class OneBranch
{
    /// <summary>Whether an injection stands in a branch that says nothing of why the other has none.</summary>
    /// <param name="injection">Where the context is injected, on some paths.</param>
    /// <param name="call">The call that the paths lead to, right after they meet.</param>
    public static bool IsForgotten(Location injection, SyntaxNode call)
    {
        if (injection.SourceTree != call.SyntaxTree || call.SyntaxTree.GetRoot().FindNode(injection.SourceSpan, getInnermostNodeForTie: true) is not { } injected
            || injected.FirstAncestorOrSelf<IfStatementSyntax>() is not { Parent: BlockSyntax block } branch || !IsNextIn(block, branch, call))
        {
            return false;
        }

        // A condition on what is injected is the reason.
        var mentioned = new HashSet<string>(injected.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText), StringComparer.Ordinal);
        if (Mentions(branch.Condition, TraceVocabulary.DecidesOnMessage) || branch.Condition.DescendantTokens().Any(token => mentioned.Contains(token.ValueText)))
        {
            return false;
        }

        for (var node = injected; node != branch; node = node.Parent!)
        {
            if (node is not (BlockSyntax or ElseClauseSyntax or ExpressionStatementSyntax or ArgumentSyntax or ArgumentListSyntax or ExpressionSyntax)
                || node is AnonymousFunctionExpressionSyntax or ConditionalAccessExpressionSyntax)
            {
                return false;
            }
        }

        return true;
    }

    // Nothing between the two decides anything, and neither runs again.
    private static bool IsNextIn(BlockSyntax block, StatementSyntax branch, SyntaxNode call)
    {
        var after = block.Statements.SkipWhile(statement => statement != branch).Skip(1).TakeWhile(statement => statement.SpanStart <= call.SpanStart).ToList();
        return after.Count > 0 && after[after.Count - 1].Span.Contains(call.Span)
            && after.TrueForAll(static statement => statement is ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax)
            && !call.Ancestors().TakeWhile(node => node != block).Any(static node => node is AnonymousFunctionExpressionSyntax or ConditionalExpressionSyntax)
            && !block.Ancestors().Any(static node => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax);
    }

    /// <summary>Whether code runs only where a condition says so that was thought about.</summary>
    /// <param name="code">The code.</param>
    /// <param name="subject">What the condition has to be about.</param>
    public static bool IsGuarded(SyntaxNode code, GuardSubject subject)
    {
        Func<string, bool> isIt = subject switch
        {
            GuardSubject.Spans => TraceVocabulary.DecidesOnTracing,
            GuardSubject.Settings => TraceVocabulary.DecidesOnSettings,
            _ => TraceVocabulary.DecidesOnMessage,
        };

        foreach (var node in code.Ancestors())
        {
            switch (node)
            {
                case IfStatementSyntax { Condition: var condition } when !condition.Span.Contains(code.Span)
                    && (Mentions(condition, isIt) || AsksForSpan(condition)):
                case ConditionalExpressionSyntax { Condition: var choice } when !choice.Span.Contains(code.Span)
                    && (Mentions(choice, isIt) || AsksForSpan(choice)):
                    return true;
                case BaseMethodDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether code runs where a span that the same body starts was not created. Nobody chose that: the span of the caller may be current, and
    /// it is its decision on sampling that gets lost.
    /// </summary>
    public static bool IsWithoutOwnSpan(SyntaxNode code)
        => code.FirstAncestorOrSelf<IfStatementSyntax>() is { } branch && branch.Statement.Span.Contains(code.Span)
            && NullTest.Of(branch.Condition) is { IsThere: false, Variable: var span }
            && EnclosingBody.Of(branch) is { } body
            && body.DescendantNodes().Any(node => node is VariableDeclaratorSyntax { Identifier.ValueText: var declared, Initializer.Value: var value }
                && declared == span && NameIndex.Of(value, "StartActivity").Any());

    // var id = Activity.Current?.Id; if (id is null)
    private static bool AsksForSpan(ExpressionSyntax condition)
    {
        if (EnclosingBody.Of(condition) is not { } body)
        {
            return false;
        }

        foreach (var name in condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            if (body.DescendantNodes().Any(node
                => node is VariableDeclaratorSyntax { Identifier.ValueText: var declared, Initializer.Value: var value }
                && declared == name.Identifier.ValueText
                && NameIndex.Of(value, "Activity").Any() && NameIndex.Of(value, "Current").Any()))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Mentions(ExpressionSyntax condition, Func<string, bool> isIt)
    {
        foreach (var token in condition.DescendantTokens())
        {
            if ((token.IsKind(SyntaxKind.IdentifierToken) || token.IsKind(SyntaxKind.StringLiteralToken)) && isIt(token.ValueText))
            {
                return true;
            }
        }

        return false;
    }
}
