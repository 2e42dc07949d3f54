using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Editing;

/// <summary>The if statement that keeps an injection from running when there is no span.</summary>
/// <param name="If">The statement.</param>
/// <param name="Test">The part of its condition that asks for the span.</param>
/// <param name="Others">The other parts, which have to hold, too.</param>
/// <param name="Statements">The statements that run only with a span: those of a branch, or those after an early exit.</param>
/// <param name="Place">Where they are.</param>
internal sealed record SpanGuard(
    IfStatementSyntax If,
    SpanTest Test,
    IReadOnlyList<ExpressionSyntax> Others,
    IReadOnlyList<StatementSyntax> Statements,
    SpanGuardPlace Place)
{
    /// <summary>The guard of an injection; null when it is none of this kind.</summary>
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

    /// <summary>The statements beside one, itself included; none where it stands alone.</summary>
    public static SyntaxList<StatementSyntax> SiblingsOf(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        _ => default,
    };

    /// <summary>Whether a statement leaves the method or the round of a loop, whatever it does before.</summary>
    public static bool Exits(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: [.., var last] } => Exits(last),
        _ => statement is ReturnStatementSyntax or ContinueStatementSyntax,
    };

    /// <summary>Whether a statement may leave in the middle.</summary>
    public static bool MayExit(SyntaxNode statement)
        => statement
            .DescendantNodesAndSelf(static node => node is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax)
            .Any(static node => node is ReturnStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or GotoStatementSyntax
                or ThrowStatementSyntax or YieldStatementSyntax);

    /// <summary>Whether an early exit skips the statements after it and nothing else, so that it can go once none of them needs it.</summary>
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

/// <summary>Where the statements are that run only with a span.</summary>
internal enum SpanGuardPlace
{
    Then,
    Else,
    After,
}
