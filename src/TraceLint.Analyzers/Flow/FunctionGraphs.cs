using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Flow;

/// <summary>The innermost function around a node.</summary>
internal static class FunctionGraphs
{
    /// <summary>The lambda, local function or outermost body that a node belongs to; null outside any.</summary>
    public static SyntaxNode? FunctionAround(SyntaxNode node)
    {
        for (var current = node.Parent; current is not null; current = current.Parent)
        {
            if (current is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            {
                return current;
            }

            if (current is MemberDeclarationSyntax or AccessorDeclarationSyntax)
            {
                break;
            }
        }

        return EnclosingBody.Of(node);
    }

    /// <summary>Whether a function is async: each call of it has an execution context of its own.</summary>
    /// <param name="function">A node that <see cref="FunctionAround"/> returned.</param>
    public static bool IsAsync(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        _ => false,
    };
}
