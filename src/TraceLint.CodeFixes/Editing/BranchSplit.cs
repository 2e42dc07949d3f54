using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace TraceLint.Editing;

/// <summary>
/// Turns a statement with a <c>?:</c>, <c>??</c> or switch expression into an if or switch statement, so that statements can be inserted
/// into a branch. Only where the choice is the first thing that the statement evaluates, and its arms stay as they are.
/// </summary>
internal sealed class BranchSplit(SemanticModel model, string newLine, CancellationToken cancellation)
{
    private readonly SyntaxTrivia _end = SyntaxFactory.EndOfLine(newLine);

    /// <summary>The statements that replace a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="inside">An expression in one of the arms.</param>
    /// <returns>Null when the expression is not in an arm of such a choice, or the result would not be simple.</returns>
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

        var all = target.Declaration is { } declaration
            ? (IReadOnlyList<StatementSyntax>)[declaration.WithTrailingTrivia(_end), .. branches]
            : branches;
        var next = statement.GetLastToken().GetNextToken();
        var isApart = target.Leaves || next.Kind() is SyntaxKind.CloseBraceToken or SyntaxKind.EndOfFileToken or SyntaxKind.None
            || next.LeadingTrivia is [{ RawKind: (int)SyntaxKind.EndOfLineTrivia }, ..];
        if (!isApart)
        {
            all = [.. all.Take(all.Count - 1), all[all.Count - 1].WithTrailingTrivia(_end, _end)];
        }

        all = [all[0].WithLeadingTrivia(statement.GetLeadingTrivia()), .. all.Skip(1)];
        return [.. all.Select(static part => part.WithAdditionalAnnotations(Formatter.Annotation))];
    }

    // The outermost choice: its arms may contain further ones.
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
        ConditionalExpressionSyntax conditional => [conditional.Condition, conditional.WhenTrue, conditional.WhenFalse],
        BinaryExpressionSyntax coalesce => [coalesce.Left, coalesce.Right],
        SwitchExpressionSyntax @switch => [@switch.GoverningExpression, .. @switch.Arms.SelectMany(PartsOf)],
        _ => [],
    };

    private static IEnumerable<SyntaxNode> PartsOf(SwitchExpressionArmSyntax arm)
        => arm.WhenClause is null ? [arm.Pattern, arm.Expression] : [arm.Pattern, arm.WhenClause, arm.Expression];

    private static int Comments(SyntaxNode node)
        => node.WithoutTrivia().DescendantTrivia()
            .Count(static trivia => trivia.Kind() is not (SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia));

    private IReadOnlyList<StatementSyntax> If(
        ExpressionSyntax condition, ExpressionSyntax whenTrue, ExpressionSyntax whenFalse, BranchTarget target)
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

    // Only for a local or a parameter, whose value is the same when it is tested and when it is used.
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

    // Only with a discard arm: without one, a switch expression throws where a switch statement does nothing.
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
                .WithOpenParenToken(SyntaxFactory.Token(SyntaxKind.OpenParenToken))
                .WithCloseParenToken(SyntaxFactory.Token(SyntaxKind.CloseParenToken));
    }

    private static SwitchLabelSyntax LabelOf(SwitchExpressionArmSyntax arm, bool isRest)
    {
        var colon = SyntaxFactory.Token(SyntaxKind.ColonToken);
        if (isRest)
        {
            return SyntaxFactory.DefaultSwitchLabel(colon);
        }

        if (arm is { Pattern: ConstantPatternSyntax constant, WhenClause: null })
        {
            return SyntaxFactory.CaseSwitchLabel(Outdent.Node(constant.Expression), colon);
        }

        var pattern = arm.Pattern is DiscardPatternSyntax
            ? SyntaxFactory.VarPattern(SyntaxFactory.DiscardDesignation())
            : Outdent.Node(arm.Pattern);
        return SyntaxFactory.CasePatternSwitchLabel(pattern, arm.WhenClause is null ? null : Outdent.Node(arm.WhenClause), colon);
    }

    private static BlockSyntax Block(StatementSyntax statement) => SyntaxFactory.Block(statement);

    private static ExpressionSyntax Negated(ExpressionSyntax condition) => condition.WithoutTrivia() switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: var operand } => operand,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } same
            => Compared(same, SyntaxKind.NotEqualsExpression, SyntaxKind.ExclamationEqualsToken),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } other
            => Compared(other, SyntaxKind.EqualsExpression, SyntaxKind.EqualsEqualsToken),
        var whole => SyntaxFactory.PrefixUnaryExpression(
            SyntaxKind.LogicalNotExpression, BranchTarget.IsPrimary(whole) ? whole : SyntaxFactory.ParenthesizedExpression(whole)),
    };

    private static BinaryExpressionSyntax Compared(BinaryExpressionSyntax condition, SyntaxKind kind, SyntaxKind operatorKind)
        => SyntaxFactory.BinaryExpression(
            kind, condition.Left, SyntaxFactory.Token(operatorKind).WithTriviaFrom(condition.OperatorToken), condition.Right);
}
