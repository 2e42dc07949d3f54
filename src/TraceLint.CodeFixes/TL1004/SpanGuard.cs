using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>An if statement that skips an injection when there is no span.</summary>
/// <param name="If">The statement.</param>
/// <param name="Test">The operand of the condition that tests for the span.</param>
/// <param name="Others">The other operands of the condition, which have to be true as well.</param>
/// <param name="Statements">The statements that run only with a span: those of a branch, or those after an early exit.</param>
/// <param name="Place">Where those statements are.</param>
internal sealed record SpanGuard(
    IfStatementSyntax If,
    SpanTest Test,
    IReadOnlyList<ExpressionSyntax> Others,
    IReadOnlyList<StatementSyntax> Statements,
    SpanGuardPlace Place)
{
    /// <summary>The guard of an injection; null when it is not such an if statement.</summary>
    public static SpanGuard? Of(SpanSite site)
    {
        if (site.Lost.Guard?.FirstAncestorOrSelf<IfStatementSyntax>() is not { } statement
            || !statement.Condition.Span.Contains(site.Lost.Guard.Span)
            || statement.ContainsDirectives)
        {
            return null;
        }

        if (statement.Statement.Span.Contains(site.Node.Span))
        {
            var conjuncts = SpanTest.Conjuncts(statement.Condition).ToList();
            var tests = conjuncts.Select(part => SpanTest.Of(part, site)).OfType<SpanTest>().Where(static test => !test.IsMissing).ToList();
            if (tests is not [var test])
            {
                return null;
            }

            var others = conjuncts.Where(part => part != test.Condition).ToList();
            return new(statement, test, others, StatementsOf(statement.Statement), SpanGuardPlace.Then);
        }

        if (SpanTest.Of(statement.Condition, site) is not { IsMissing: true } missing)
        {
            return null;
        }

        if (statement.Else is { Statement: not IfStatementSyntax } branch)
        {
            var otherwise = branch.Statement;
            return otherwise.Span.Contains(site.Node.Span)
                ? new(statement, missing, [], StatementsOf(otherwise), SpanGuardPlace.Else)
                : null;
        }

        var siblings = SiblingsOf(statement);
        var index = siblings.IndexOf(statement);
        return statement.Else is null
            && index >= 0
            && Exits(statement.Statement)
            && siblings.Skip(index + 1).Any(sibling => sibling.Span.Contains(site.Node.Span))
                ? new(statement, missing, [], siblings.Skip(index + 1).ToList(), SpanGuardPlace.After)
                : null;
    }

    /// <summary>The statement list that contains a statement; empty when the statement is not in a list.</summary>
    public static SyntaxList<StatementSyntax> SiblingsOf(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        _ => default,
    };

    /// <summary>Whether a statement ends with leaving the method or the iteration of a loop.</summary>
    public static bool Exits(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: [.., var last] } => Exits(last),
        _ => statement is ReturnStatementSyntax or ContinueStatementSyntax,
    };

    /// <summary>Whether a statement contains a jump.</summary>
    public static bool MayExit(SyntaxNode statement)
        => statement
            .DescendantNodesAndSelf(static node => node is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax)
            .Any(static node => node is ReturnStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or GotoStatementSyntax
                or ThrowStatementSyntax or YieldStatementSyntax);

    /// <summary>
    /// Whether the early exit skips nothing but the statements after it, so that it can be removed when none of them needs the span.
    /// </summary>
    public bool ExitsOnlyItsBlock => (If.Statement is BlockSyntax { Statements: [var only] } ? only : If.Statement) switch
    {
        ReturnStatementSyntax { Expression: null } => If.Parent is BlockSyntax
        {
            Parent: LocalFunctionStatementSyntax
                or not (StatementSyntax or ElseClauseSyntax or CatchClauseSyntax or FinallyClauseSyntax),
        },
        ContinueStatementSyntax => If.Parent is BlockSyntax
        {
            Parent: CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax,
        },
        _ => false,
    };

    private static IReadOnlyList<StatementSyntax> StatementsOf(StatementSyntax statement)
        => statement is BlockSyntax block ? [.. block.Statements] : [statement];
}

/// <summary>Where the statements that run only with a span are.</summary>
internal enum SpanGuardPlace
{
    Then,
    Else,
    After,
}
