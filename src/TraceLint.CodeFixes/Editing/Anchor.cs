using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Editing;

/// <summary>Where statements can be put so that they run right before an expression.</summary>
/// <param name="Node">A statement, or the lambda, member or accessor whose expression body has to become a block.</param>
/// <param name="HasExpressionBody">Whether it is such a lambda, member or accessor.</param>
/// <param name="IsConditional">Whether the expression may be skipped although the node runs: then nothing may be moved out of it.</param>
internal sealed record Anchor(SyntaxNode Node, bool HasExpressionBody, bool IsConditional)
{
    /// <summary>
    /// The node that changes. A statement in a list is preceded in that list; any other node makes room by getting, or
    /// becoming, a block.
    /// </summary>
    public SyntaxNode Container => Node.Parent switch
    {
        BlockSyntax or SwitchSectionSyntax when !HasExpressionBody => Node.Parent,
        GlobalStatementSyntax { Parent: { } program } when !HasExpressionBody => program,
        _ => Node,
    };

    /// <summary>The node whose names a local declared at the anchor must not clash with.</summary>
    public SyntaxNode Scope => Container is SwitchSectionSyntax { Parent: { } whole } ? whole : Container;

    /// <summary>Whether an expression body, turned into a block, has a statement and not a return.</summary>
    public bool ReturnsNothing(SemanticModel model, CancellationToken cancellation)
    {
        var symbol = Node is LambdaExpressionSyntax
            ? model.GetSymbolInfo(Node, cancellation).Symbol
            : model.GetDeclaredSymbol(Node, cancellation);
        return symbol is IMethodSymbol method
            && (method.ReturnsVoid || method is { IsAsync: true, ReturnType: INamedTypeSymbol { Arity: 0 } });
    }

    /// <summary>Finds the anchor of an expression.</summary>
    /// <returns>Null where no statement can precede it: a query, a loop's condition, an initializer of a field.</returns>
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

    // The condition of a loop runs again and again; a statement before the loop does not.
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
