using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace TraceLint.Editing;

/// <summary>A using for a declaration: from C# 8 on a word before it, in older code a block around what follows.</summary>
internal static class UsingScope
{
    /// <summary>Gives a declaration a using.</summary>
    /// <param name="statement">The statement that the declaration takes the place of; in a block, or at top level.</param>
    public static CompilationUnitSyntax Give(
        CompilationUnitSyntax root, StatementSyntax statement, LocalDeclarationStatementSyntax declaration)
    {
        if (((CSharpParseOptions)root.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp8
            || statement.Parent is not BlockSyntax block)
        {
            return root.ReplaceNode(statement, declaration
                .WithoutLeadingTrivia()
                .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
                .WithLeadingTrivia(declaration.GetLeadingTrivia()));
        }

        var index = block.Statements.IndexOf(statement);
        var newLine = SyntaxFactory.EndOfLine(LineEnding.Of(root.SyntaxTree.GetText()));
        var scope = SyntaxFactory.UsingStatement(
                declaration.Declaration.WithoutTrivia(),
                expression: null,
                SyntaxFactory.Block(block.Statements.Skip(index + 1)).WithTrailingTrivia(newLine))
            .WithLeadingTrivia(declaration.GetLeadingTrivia())
            .WithAdditionalAnnotations(Formatter.Annotation);
        return root.ReplaceNode(block, block.WithStatements(SyntaxFactory.List(block.Statements.Take(index).Append(scope))));
    }
}
