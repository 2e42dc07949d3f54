using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>Adds a using to a declaration: a using declaration from C# 8 on, else a using block around the following statements.</summary>
internal static class UsingScope
{
    /// <summary>Replaces a statement by a declaration with a using.</summary>
    /// <param name="statement">The statement to replace, in a block or at top level.</param>
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
