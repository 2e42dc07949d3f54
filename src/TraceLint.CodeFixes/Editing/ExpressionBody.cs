using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace TraceLint.Editing;

/// <summary>Turns an expression body into a block, so that statements can be inserted.</summary>
internal static class ExpressionBody
{
    /// <summary>The node with a block of the given statements, followed by the expression.</summary>
    /// <param name="owner">A lambda, a method, a local function, a constructor, an operator, an accessor, a property or an indexer.</param>
    /// <param name="prelude">The statements before the expression.</param>
    /// <param name="returnsNothing">Whether the expression becomes an expression statement; else it is returned.</param>
    /// <param name="newLine">The line ending of the document.</param>
    /// <param name="enclose">Wraps all statements into one, such as a using statement; null to leave them as they are.</param>
    public static SyntaxNode ToBlock(
        SyntaxNode owner,
        IReadOnlyList<StatementSyntax> prelude,
        bool returnsNothing,
        string newLine,
        Func<IEnumerable<StatementSyntax>, StatementSyntax>? enclose = null)
    {
        return owner switch
        {
            LambdaExpressionSyntax { ExpressionBody: { } body } lambda
                => lambda.WithExpressionBody(null).WithBlock(Block(body)).WithAdditionalAnnotations(Formatter.Annotation),
            BaseMethodDeclarationSyntax { ExpressionBody: { } body } method
                => Reformatted(method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Block(body.Expression)), method),
            LocalFunctionStatementSyntax { ExpressionBody: { } body } function
                => Reformatted(function.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Block(body.Expression)), function),
            AccessorDeclarationSyntax { ExpressionBody: { } body } accessor
                => Reformatted(accessor.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Block(body.Expression)), accessor),
            PropertyDeclarationSyntax { ExpressionBody: { } body } property
                => Reformatted(
                    property.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(body.Expression)), property),
            IndexerDeclarationSyntax { ExpressionBody: { } body } indexer
                => Reformatted(
                    indexer.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(body.Expression)), indexer),
            _ => throw new ArgumentException($"A {owner.Kind()} has no expression body.", nameof(owner)),
        };

        BlockSyntax Block(ExpressionSyntax expression)
        {
            expression = Outdent.Node(expression);
            StatementSyntax last = returnsNothing
                ? SyntaxFactory.ExpressionStatement(expression)
                : SyntaxFactory.ReturnStatement(expression);
            var statements = prelude.Append(last.WithTrailingTrivia(SyntaxFactory.EndOfLine(newLine)));
            if (enclose is not null)
            {
                return SyntaxFactory.Block(enclose(statements));
            }

            var block = SyntaxFactory.Block(statements);

            // The formatter indents a statement of several lines as a whole only if it begins a line.
            return prelude.Count > 0 && prelude[0].ToString().IndexOf('\n') >= 0
                ? block.WithOpenBraceToken(block.OpenBraceToken.WithTrailingTrivia(SyntaxFactory.EndOfLine(newLine)))
                : block;
        }

        AccessorListSyntax Getter(ExpressionSyntax expression)
            => SyntaxFactory.AccessorList(SyntaxFactory.SingletonList(
                SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, Block(expression))));

        static SyntaxNode Reformatted(SyntaxNode changed, SyntaxNode original)
            => changed.WithTrailingTrivia(original.GetTrailingTrivia()).WithAdditionalAnnotations(Formatter.Annotation);
    }
}
