using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>The outermost body around a node: the lambdas and local functions in it belong to its graph.</summary>
internal static class EnclosingBody
{
    /// <summary>The method, accessor, initializer or top-level code that a node belongs to.</summary>
    /// <returns>The node whose operation is the root of the body; null outside any.</returns>
    public static SyntaxNode? Of(SyntaxNode node)
    {
        for (var current = node.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax:
                case ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax }:
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } }:
                    return current;
                case BaseTypeDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The control-flow graph of a body.</summary>
    /// <param name="body">A node that <see cref="Of"/> returned.</param>
    /// <returns>Null when the compiler makes no sense of the body.</returns>
    public static ControlFlowGraph? GraphOf(SyntaxNode body, SemanticModel model, CancellationToken cancellation)
        => model.GetOperation(body, cancellation) switch
        {
            IMethodBodyOperation { Parent: null } method => ControlFlowGraph.Create(method, cancellation),
            IConstructorBodyOperation { Parent: null } constructor => ControlFlowGraph.Create(constructor, cancellation),
            IBlockOperation { Parent: null } block => ControlFlowGraph.Create(block, cancellation),
            IFieldInitializerOperation { Parent: null } field => ControlFlowGraph.Create(field, cancellation),
            IPropertyInitializerOperation { Parent: null } property => ControlFlowGraph.Create(property, cancellation),
            _ => null,
        };

    /// <summary>Whether a method yields: its body runs when it is enumerated, not when it is called.</summary>
    public static bool IsIterator(SyntaxNode method)
    {
        foreach (var node in method.DescendantNodes(node => node == method || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is YieldStatementSyntax)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a node is inside a lambda that becomes an expression tree: data, not code that runs.</summary>
    public static bool IsInExpressionTree(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var ancestor in node.Ancestors())
        {
            if (ancestor is LambdaExpressionSyntax lambda
                && model.GetTypeInfo(lambda, cancellation).ConvertedType is INamedTypeSymbol { Name: "Expression", Arity: 1 } type
                && type.ContainingNamespace.ToDisplayString() == "System.Linq.Expressions")
            {
                return true;
            }
        }

        return false;
    }
}
