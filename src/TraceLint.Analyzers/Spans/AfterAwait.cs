using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>
/// What an async function does after it has suspended: by then whoever called it without waiting has gone on. Up to its first
/// await it runs like any other call.
/// </summary>
internal static class AfterAwait
{
    /// <summary>Whether an await that may suspend comes before a node on every way to it.</summary>
    public static bool Runs(SyntaxNode node, FunctionBody function)
    {
        foreach (var other in function.Nodes())
        {
            if (other.SpanStart >= node.Span.End)
            {
                return false;
            }

            if (SuppressedAwait.KeywordOf(other).RawKind != 0 && IsOver(other, node) && IsOnTheWay(other, node))
            {
                return true;
            }
        }

        return false;
    }

    // An expression has been awaited where it ends, a stream where the body of its loop begins.
    private static bool IsOver(SyntaxNode await, SyntaxNode node) => await switch
    {
        AwaitExpressionSyntax => await.Span.End < node.Span.End,
        CommonForEachStatementSyntax { Statement: var body } => body.SpanStart <= node.SpanStart,
        UsingStatementSyntax => await.Span.End <= node.SpanStart,
        _ => false,
    };

    // Nothing up to what the await has in common with the node may skip it.
    private static bool IsOnTheWay(SyntaxNode await, SyntaxNode node)
    {
        for (var (part, whole) = (await, await.Parent); whole is not null && !part.Span.Contains(node.Span); (part, whole) = (whole, whole.Parent))
        {
            if (IsBranch(part, whole))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBranch(SyntaxNode part, SyntaxNode whole) => whole switch
    {
        IfStatementSyntax branch => part != branch.Condition,
        WhileStatementSyntax loop => part != loop.Condition,
        CommonForEachStatementSyntax loop => part != loop.Expression,
        ForStatementSyntax or SwitchSectionSyntax or SwitchExpressionArmSyntax or ElseClauseSyntax or CatchClauseSyntax => true,
        ConditionalExpressionSyntax choice => part != choice.Condition,
        ConditionalAccessExpressionSyntax access => part != access.Expression,
        BinaryExpressionSyntax binary => part != binary.Left && binary.OperatorToken.Text is "&&" or "||" or "??",
        _ => false,
    };
}
