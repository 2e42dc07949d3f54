using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Editing;

/// <summary>The place for statements that are to run right before an expression.</summary>
/// <param name="Node">A statement, or the lambda, member or accessor whose expression body has to become a block.</param>
/// <param name="HasExpressionBody">Whether the node is such a lambda, member or accessor.</param>
/// <param name="IsConditional">Whether the node may run without evaluating the expression, so that nothing may be moved out of it.</param>
internal sealed record Anchor(SyntaxNode Node, bool HasExpressionBody, bool IsConditional)
{
    /// <summary>
    /// The node that changes: the list that contains the statement; else the statement or expression body itself, which is wrapped in, or
    /// becomes, a block.
    /// </summary>
    public SyntaxNode Container => Node.Parent switch
    {
        BlockSyntax or SwitchSectionSyntax when !HasExpressionBody => Node.Parent,
        GlobalStatementSyntax { Parent: { } program } when !HasExpressionBody => program,
        _ => Node,
    };

    /// <summary>The scope of a local that is declared at the anchor.</summary>
    public SyntaxNode Scope => Container is SwitchSectionSyntax { Parent: { } whole } ? whole : Container;

    /// <summary>Whether an expression body becomes an expression statement, not a return statement, in a block.</summary>
    public bool ReturnsNothing(SemanticModel model, CancellationToken cancellation)
    {
        var symbol = Node is LambdaExpressionSyntax
            ? model.GetSymbolInfo(Node, cancellation).Symbol
            : model.GetDeclaredSymbol(Node, cancellation);
        return symbol is IMethodSymbol method
            && (method.ReturnsVoid || method is { IsAsync: true, ReturnType: INamedTypeSymbol { Arity: 0 } });
    }

    /// <summary>Finds the anchor of an expression.</summary>
    /// <returns>Null where no statement can precede the expression: in a query, the condition of a loop, or a field initializer.</returns>
    public static Anchor? Of(ExpressionSyntax expression)
    {
        var conditional = false;
        for (SyntaxNode node = expression; node.Parent is { } parent; node = parent)
        {
            switch (parent)
            {
                case StatementSyntax statement:
                    return CanBePreceded(statement) ? new Anchor(statement, HasExpressionBody: false, conditional) : null;
                case LambdaExpressionSyntax lambda when lambda.Body == node:
                    return new Anchor(lambda, HasExpressionBody: true, conditional);
                case ArrowExpressionClauseSyntax { Parent: { } owner }:
                    return new Anchor(owner, HasExpressionBody: true, conditional);
                case QueryClauseSyntax or SelectOrGroupClauseSyntax or CatchFilterClauseSyntax or WhenClauseSyntax or SwitchLabelSyntax
                    or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax or AttributeSyntax or MemberDeclarationSyntax:
                    return null;
            }

            conditional |= MaySkip(parent, node);
        }

        return null;
    }

    // Not a loop: its condition is evaluated repeatedly, but a statement before the loop runs once.
    private static bool CanBePreceded(StatementSyntax statement)
        => statement is ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax or ThrowStatementSyntax
            or YieldStatementSyntax or IfStatementSyntax or SwitchStatementSyntax or LockStatementSyntax or UsingStatementSyntax
            or CommonForEachStatementSyntax;

    private static bool MaySkip(SyntaxNode parent, SyntaxNode child) => parent switch
    {
        ConditionalExpressionSyntax conditional => child != conditional.Condition,
        ConditionalAccessExpressionSyntax access => child == access.WhenNotNull,
        SwitchExpressionArmSyntax => true,
        AssignmentExpressionSyntax assignment => assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) && child == assignment.Right,
        BinaryExpressionSyntax binary => child == binary.Right
            && binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression,
        _ => false,
    };
}
