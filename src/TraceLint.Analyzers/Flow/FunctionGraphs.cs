using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>The innermost function around a node, and its own graph: that of a lambda or local function is inside another's.</summary>
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

    /// <summary>The graph of a function.</summary>
    /// <param name="function">A node that <see cref="FunctionAround"/> returned.</param>
    /// <returns>Null when the compiler makes no sense of it.</returns>
    public static ControlFlowGraph? Of(SyntaxNode function, SemanticModel model, CancellationToken cancellation)
    {
        if (function is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        {
            return EnclosingBody.GraphOf(function, model, cancellation);
        }

        if (FunctionAround(function) is not { } outer || Of(outer, model, cancellation) is not { } graph)
        {
            return null;
        }

        if (function is LocalFunctionStatementSyntax)
        {
            foreach (var local in graph.LocalFunctions)
            {
                if (local.DeclaringSyntaxReferences is [{ SyntaxTree: var tree, Span: var span }] && tree == function.SyntaxTree && span == function.Span)
                {
                    return graph.GetLocalFunctionControlFlowGraph(local, cancellation);
                }
            }

            return null;
        }

        return LambdaIn(graph, function) is { } lambda ? graph.GetAnonymousFunctionControlFlowGraph(lambda, cancellation) : null;
    }

    private static IFlowAnonymousFunctionOperation? LambdaIn(ControlFlowGraph graph, SyntaxNode function)
    {
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.AllOperations())
            {
                if (operation.Syntax == function && operation is IFlowAnonymousFunctionOperation lambda)
                {
                    return lambda;
                }
            }
        }

        return null;
    }

    /// <summary>The operations of a block and everything in them, what it branches on last.</summary>
    public static IEnumerable<IOperation> AllOperations(this BasicBlock block)
    {
        foreach (var operation in block.Operations)
        {
            foreach (var inner in operation.DescendantsAndSelf())
            {
                yield return inner;
            }
        }

        if (block.BranchValue is { } value)
        {
            foreach (var inner in value.DescendantsAndSelf())
            {
                yield return inner;
            }
        }
    }
}
