using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>
/// The statements behind a guard, divided into those that inject or are needed for that, which must always run, and those that concern
/// the span, which stay behind the guard.
/// </summary>
/// <param name="Moved">The statements that must always run. They only read the context of the span.</param>
/// <param name="Kept">The statements that stay behind the guard.</param>
/// <param name="KeptBefore">The kept statements before the last moved one.</param>
/// <param name="KeptAfter">The kept statements after the first moved one.</param>
internal sealed record SpanGuardParts(
    IReadOnlyList<StatementSyntax> Moved,
    IReadOnlyList<StatementSyntax> Kept,
    IReadOnlyList<StatementSyntax> KeptBefore,
    IReadOnlyList<StatementSyntax> KeptAfter)
{
    /// <summary>Divides the statements behind a guard; null when they cannot be separated.</summary>
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

    /// <summary>The names in a statement that refer to the span of a guard.</summary>
    public static IEnumerable<IdentifierNameSyntax> Mentions(SyntaxNode node, SpanGuard guard, SpanSite site)
        => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText is var text
                && (text == guard.Test.Declared || (guard.Test.Span is IdentifierNameSyntax span && text == span.Identifier.ValueText))
                && name.Parent is not NameColonSyntax
                && site.SymbolOf(name) is ILocalSymbol or IParameterSymbol);

    // Whether a statement is an injection and nothing else.
    private static bool Injects(StatementSyntax statement, SpanSite site)
        => statement is ExpressionStatementSyntax { Expression: var expression }
            && expression is InvocationExpressionSyntax or AssignmentExpressionSyntax
            && (site.InjectionAt(expression) is not null || site.IsLost(expression));

    private static bool ContainsInjection(StatementSyntax statement, SpanSite site)
        => statement.DescendantNodes().Any(node
            => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or InitializerExpressionSyntax
                && (node == site.Node || site.InjectionAt(node) is not null));

    // Whether a statement writes the trace state or the baggage that belongs to the injected context.
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

    // Whether a statement creates the carrier, or declares a variable that the injection uses.
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
