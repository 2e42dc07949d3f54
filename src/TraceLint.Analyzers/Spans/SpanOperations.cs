using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Spans;

/// <summary>Small questions about operations.</summary>
internal static class SpanOperations
{
    /// <summary>The operation at a node. An element of an initializer, <c>{ key, value }</c>, has one that the model does not give by itself.</summary>
    public static IOperation? OperationOf(this SemanticModel model, SyntaxNode node, CancellationToken cancellation)
        => node is InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression, Parent: { } initializer }
            ? model.GetOperation(initializer, cancellation)?.ChildOperations.FirstOrDefault(child => child.Syntax == node)
            : model.GetOperation(node, cancellation);

    /// <summary>Whether it is a task, which stands for its result here.</summary>
    public static bool IsAwaitable(this IOperation operation) => operation.Type is { Name: "Task" or "ValueTask" };
}
