using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace TraceLint.Editing;

/// <summary>
/// Turns a statement that chooses between expressions - <c>?:</c>, a switch expression, <c>??</c> - into one that chooses between
/// statements, so that an arm has room for more. Only where the choice is the first thing that the statement evaluates and all
/// of its arms are kept as they are.
/// </summary>
internal sealed class BranchSplit(SemanticModel model, string newLine, CancellationToken cancellation)
{
    private readonly SyntaxTrivia _end = SyntaxFactory.EndOfLine(newLine);

    /// <summary>What a statement becomes.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="inside">An expression in one of the arms.</param>
    /// <returns>Null when the choice is something else, or the result would not be plain.</returns>
    public IReadOnlyList<StatementSyntax>? Of(StatementSyntax statement, ExpressionSyntax inside)
    {
        if (ChoiceAround(inside, statement) is not { } choice || BranchTarget.Of(statement, choice, model, cancellation) is not { } target
            || statement.ContainsDirectives || Comments(statement) != Arms(choice).Sum(Comments))
        {
            return null;
        }

        var branches = choice switch
        {
            ConditionalExpressionSyntax conditional => If(conditional.Condition, conditional.WhenTrue, conditional.WhenFalse, target),
            BinaryExpressionSyntax coalesce => IfNull(coalesce, target),
            SwitchExpressionSyntax @switch => Switch(@switch, target) is { } branch ? [branch] : null,
            _ => null,
        };
        if (branches is null)
        {
            return null;
        }

        IReadOnlyList<StatementSyntax> all = target.Declaration is { } declaration ? [declaration.WithTrailingTrivia(_end), .. branches] : branches;
        var next = statement.GetLastToken().GetNextToken();
        var isApart = target.Leaves || next.IsKind(SyntaxKind.CloseBraceToken) || next.IsKind(SyntaxKind.None) || next.LeadingTrivia is [{ RawKind: (int)SyntaxKind.EndOfLineTrivia }, ..];
        if (!isApart)
        {
            all = [.. all.Take(all.Count - 1), all[all.Count - 1].WithTrailingTrivia(_end, _end)];
        }

        return [.. all.Select((part, index) => (index == 0 ? part.WithLeadingTrivia(statement.GetLeadingTrivia()) : part).WithAdditionalAnnotations(Formatter.Annotation))];
    }

    // The outermost one: what is in its arms may be a choice again.
    private static ExpressionSyntax? ChoiceAround(ExpressionSyntax inside, StatementSyntax statement)
    {
        ExpressionSyntax? found = null;
        for (SyntaxNode node = inside; node != statement && node.Parent is { } parent; node = parent)
        {
            switch (parent)
            {
                case ConditionalExpressionSyntax conditional when node != conditional.Condition:
                    found = conditional;
                    break;
                case SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax choice }:
                    found = choice;
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce when node == coalesce.Right:
                    found = coalesce;
                    break;
            }
        }

        return found;
    }

    private static IEnumerable<SyntaxNode> Arms(ExpressionSyntax choice) => choice switch
    {
        ConditionalExpressionSyntax conditional => [conditional.Condition.WithoutTrivia(), conditional.WhenTrue.WithoutTrivia(), conditional.WhenFalse.WithoutTrivia()],
        BinaryExpressionSyntax coalesce => [coalesce.Left.WithoutTrivia(), coalesce.Right.WithoutTrivia()],
        SwitchExpressionSyntax @switch => [@switch.GoverningExpression.WithoutTrivia(), .. @switch.Arms.Select(static arm => arm.WithoutTrivia())],
        _ => [],
    };

    private static int Comments(SyntaxNode node)
        => node.WithoutTrivia().DescendantTrivia().Count(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));

    private IReadOnlyList<StatementSyntax> If(ExpressionSyntax condition, ExpressionSyntax whenTrue, ExpressionSyntax whenFalse, BranchTarget target)
    {
        if (target.DoesNothing(whenTrue) && !target.DoesNothing(whenFalse))
        {
            (condition, whenTrue, whenFalse) = (Negated(condition), whenFalse, whenTrue);
        }

        var branch = SyntaxFactory.IfStatement(Outdent.Node(condition), Block(target.With(whenTrue)));
        if (target.DoesNothing(whenFalse))
        {
            return [branch.WithTrailingTrivia(_end)];
        }

        return target.Leaves
            ? [branch.WithTrailingTrivia(_end, _end), target.With(whenFalse).WithTrailingTrivia(_end)]
            : [branch.WithElse(SyntaxFactory.ElseClause(Block(target.With(whenFalse)))).WithTrailingTrivia(_end)];
    }

    // What is asked for null and then taken must be the same both times.
    private IReadOnlyList<StatementSyntax>? IfNull(BinaryExpressionSyntax coalesce, BranchTarget target)
    {
        if (model.GetSymbolInfo(coalesce.Left, cancellation).Symbol is not (ILocalSymbol or IParameterSymbol { RefKind: RefKind.None })
            || model.GetTypeInfo(coalesce.Left, cancellation).Type is not { IsReferenceType: true })
        {
            return null;
        }

        var isNull = SyntaxFactory.ParseExpression($"{coalesce.Left.WithoutTrivia()} is null");
        return If(isNull, coalesce.Right, coalesce.Left, target);
    }

    // Without an arm for everything else it throws where a statement would do nothing.
    private SwitchStatementSyntax? Switch(SwitchExpressionSyntax choice, BranchTarget target)
    {
        if (choice.Arms.Count == 0 || choice.Arms[choice.Arms.Count - 1] is not { Pattern: DiscardPatternSyntax, WhenClause: null })
        {
            return null;
        }

        var sections = new List<SwitchSectionSyntax>();
        foreach (var arm in choice.Arms)
        {
            var isRest = arm.Pattern is DiscardPatternSyntax && arm.WhenClause is null;
            if (isRest && target.DoesNothing(arm.Expression))
            {
                continue;
            }

            var statement = target.With(arm.Expression);
            var body = new List<StatementSyntax>();
            if (!target.DoesNothing(arm.Expression))
            {
                body.Add(statement.WithTrailingTrivia(_end));
            }

            if (!target.Leaves && statement is not ThrowStatementSyntax)
            {
                body.Add(SyntaxFactory.BreakStatement().WithTrailingTrivia(_end));
            }

            sections.Add(SyntaxFactory.SwitchSection(SyntaxFactory.SingletonList(LabelOf(arm, isRest)), SyntaxFactory.List(body)));
        }

        var subject = Outdent.Node(choice.GoverningExpression);
        return subject is TupleExpressionSyntax
            ? SyntaxFactory.SwitchStatement(subject, SyntaxFactory.List(sections)).WithOpenParenToken(default).WithCloseParenToken(default)
            : SyntaxFactory.SwitchStatement(subject, SyntaxFactory.List(sections))
                .WithOpenParenToken(SyntaxFactory.Token(SyntaxKind.OpenParenToken)).WithCloseParenToken(SyntaxFactory.Token(SyntaxKind.CloseParenToken));
    }

    private static SwitchLabelSyntax LabelOf(SwitchExpressionArmSyntax arm, bool isRest)
    {
        var colon = SyntaxFactory.Token(SyntaxKind.ColonToken);
        return isRest ? SyntaxFactory.DefaultSwitchLabel(colon)
            : arm is { Pattern: ConstantPatternSyntax constant, WhenClause: null } ? SyntaxFactory.CaseSwitchLabel(Outdent.Node(constant.Expression), colon)
            : SyntaxFactory.CasePatternSwitchLabel(
                arm.Pattern is DiscardPatternSyntax ? SyntaxFactory.VarPattern(SyntaxFactory.DiscardDesignation()) : Outdent.Node(arm.Pattern),
                arm.WhenClause is null ? null : Outdent.Node(arm.WhenClause),
                colon);
    }

    private static BlockSyntax Block(StatementSyntax statement) => SyntaxFactory.Block(statement);

    private static ExpressionSyntax Negated(ExpressionSyntax condition) => condition.WithoutTrivia() switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: var operand } => operand,
        IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ParenthesizedExpressionSyntax or ElementAccessExpressionSyntax
            => SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, condition.WithoutTrivia()),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } same
            => SyntaxFactory.BinaryExpression(SyntaxKind.NotEqualsExpression, same.Left, SyntaxFactory.Token(SyntaxKind.ExclamationEqualsToken).WithTriviaFrom(same.OperatorToken), same.Right),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } other
            => SyntaxFactory.BinaryExpression(SyntaxKind.EqualsExpression, other.Left, SyntaxFactory.Token(SyntaxKind.EqualsEqualsToken).WithTriviaFrom(other.OperatorToken), other.Right),
        var whole => SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, SyntaxFactory.ParenthesizedExpression(whole)),
    };
}
