using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Editing;

/// <summary>
/// What is behind a guard, in two: what injects and what it needs, which has to run in any case; and what is about the
/// span, which has not.
/// </summary>
/// <param name="Moved">What has to run in any case. It only reads the context of the span.</param>
/// <param name="Kept">What stays.</param>
/// <param name="KeptBefore">What stays and comes before any of the other.</param>
/// <param name="KeptAfter">What stays and comes after.</param>
internal sealed record SpanGuardParts(
    IReadOnlyList<StatementSyntax> Moved,
    IReadOnlyList<StatementSyntax> Kept,
    IReadOnlyList<StatementSyntax> KeptBefore,
    IReadOnlyList<StatementSyntax> KeptAfter)
{
    /// <summary>Takes the statements apart; null when they cannot be told from each other.</summary>
    public static SpanGuardParts? Of(SpanGuard guard, SpanSite site)
    {
        var statements = guard.Statements;
        var isMoved = statements.Select(statement => Injects(statement, site)).ToArray();
        if (!statements.Where((statement, index) => isMoved[index]).Any(statement => statement.Span.Contains(site.Node.Span)))
        {
            return null;
        }

        var first = Array.IndexOf(isMoved, true);
        for (var i = statements.Count - 1; i >= 0; i--)
        {
            isMoved[i] |= WritesHeader(statements[i], guard, site)
                || (i < first && Prepares(statements[i], statements, isMoved, guard, site));
        }

        var moved = statements.Where((_, index) => isMoved[index]).ToList();
        var kept = statements.Where((_, index) => !isMoved[index]).ToList();
        if (!moved.All(statement => Mentions(statement, guard, site).All(name => SpanReads.IsRead(name, site, site.Model)))
            || kept.Any(statement => ContainsInjection(statement, site)) || Declares(moved, kept) || Declares(kept, moved))
        {
            return null;
        }

        var (from, to) = (statements.ToList().IndexOf(moved[0]), statements.ToList().IndexOf(moved[moved.Count - 1]));
        return new(
            moved,
            kept,
            statements.Where((_, index) => !isMoved[index] && index < to).ToList(),
            statements.Where((_, index) => !isMoved[index] && index > from).ToList());
    }

    /// <summary>The places in a statement that name the span of a guard.</summary>
    public static IEnumerable<IdentifierNameSyntax> Mentions(SyntaxNode node, SpanGuard guard, SpanSite site)
        => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText is var text
                && (text == guard.Test.Declared || (guard.Test.Span is IdentifierNameSyntax span && text == span.Identifier.ValueText))
                && name.Parent is not NameColonSyntax
                && site.SymbolOf(name) is ILocalSymbol or IParameterSymbol);

    // The statement is the injection and nothing else.
    private static bool Injects(StatementSyntax statement, SpanSite site)
        => statement is ExpressionStatementSyntax { Expression: var expression }
            && expression is InvocationExpressionSyntax or AssignmentExpressionSyntax
            && (site.InjectionAt(expression) is not null || site.IsLost(expression));

    private static bool ContainsInjection(StatementSyntax statement, SpanSite site)
        => statement.DescendantNodes().Any(node
            => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or InitializerExpressionSyntax
                && (node == site.Node || site.InjectionAt(node) is not null));

    // The state and the baggage that go with it.
    private static bool WritesHeader(StatementSyntax statement, SpanGuard guard, SpanSite site) => statement switch
    {
        BlockSyntax block => block.Statements.All(inner => WritesHeader(inner, guard, site) || Injects(inner, site)),
        IfStatementSyntax { Else: null } condition
            => Mentions(condition.Condition, guard, site).Any() && WritesHeader(condition.Statement, guard, site),
        ForEachStatementSyntax loop
            => Mentions(loop.Expression, guard, site).Any() && WritesOnly(loop.Statement),
        ExpressionStatementSyntax { Expression: var write } => IsWrite(write) && Mentions(write, guard, site).Any(),
        _ => false,
    };

    private static bool WritesOnly(StatementSyntax statement)
        => statement.DescendantNodesAndSelf()
            .OfType<ExpressionStatementSyntax>()
            .All(static inner => IsWrite(inner.Expression));

    private static bool IsWrite(ExpressionSyntax expression) => expression switch
    {
        AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax } => true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "TryAdd" } } => true,
        _ => false,
    };

    // Makes what the injection writes to, or names what it injects.
    private static bool Prepares(
        StatementSyntax statement, IReadOnlyList<StatementSyntax> statements, bool[] isMoved, SpanGuard guard, SpanSite site)
    {
        switch (statement)
        {
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: var target } }
                when target is MemberAccessExpressionSyntax or IdentifierNameSyntax:
                return !Mentions(statement, guard, site).Any()
                    && RootOf(target) is { } root
                    && IsNamedIn(root, statements, isMoved);
            case IfStatementSyntax { Else: null, Statement: var inner }:
                var parts = inner is BlockSyntax block ? [.. block.Statements] : new[] { inner };
                return !Mentions(statement, guard, site).Any()
                    && parts.All(part => Prepares(part, statements, isMoved, guard, site));
            case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration:
                return declaration.Declaration.Variables.All(variable => IsNamedIn(variable.Identifier.ValueText, statements, isMoved));
            default:
                return false;
        }
    }

    private static string? RootOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => RootOf(access.Expression),
        IdentifierNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };

    private static bool IsNamedIn(string name, IReadOnlyList<StatementSyntax> statements, bool[] isMoved)
        => statements.Where((_, index) => isMoved[index]).Any(statement => Names(statement, name));

    private static bool Names(SyntaxNode node, string name)
        => node.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name);

    private static bool Declares(IEnumerable<StatementSyntax> some, IReadOnlyList<StatementSyntax> others)
        => some.SelectMany(static statement => statement.DescendantNodesAndSelf()).Select(static node => node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
            LocalFunctionStatementSyntax function => function.Identifier.ValueText,
            _ => null,
        }).OfType<string>().Any(name => others.Any(other => Names(other, name)));
}
