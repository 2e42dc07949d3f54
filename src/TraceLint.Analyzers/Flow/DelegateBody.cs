using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>The code that runs when a delegate is called.</summary>
internal static class DelegateBody
{
    /// <summary>The body and the parameters of a lambda or a method, given in place or by a readonly field or a local.</summary>
    /// <param name="function">What is passed for the delegate.</param>
    /// <returns>Null when it cannot be seen.</returns>
    public static (IOperation Body, IMethodSymbol Method)? Of(IOperation? function, CompilationContext context, CancellationToken cancellation)
    {
        switch (function)
        {
            case IConversionOperation conversion:
                return Of(conversion.Operand, context, cancellation);
            case IDelegateCreationOperation creation:
                return Of(creation.Target, context, cancellation);
            case IAnonymousFunctionOperation lambda:
                return (lambda.Body, lambda.Symbol);
            case IMethodReferenceOperation { Method: { DeclaringSyntaxReferences: [var declaration] } method }:
                return OperationOf(declaration.GetSyntax(cancellation), context, cancellation) is { } body ? (body, method.OriginalDefinition) : null;
            case IFieldReferenceOperation { Field: { IsReadOnly: true, DeclaringSyntaxReferences: [var declaration] } }
                when declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: var value }:
                return Of(OperationOf(value, context, cancellation), context, cancellation);
            case ILocalReferenceOperation { Local.DeclaringSyntaxReferences: [var declaration] }
                when declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: var value }:
                return Of(OperationOf(value, context, cancellation), context, cancellation);
            default:
                return null;
        }
    }

    private static IOperation? OperationOf(SyntaxNode node, CompilationContext context, CancellationToken cancellation)
        => context.Compilation.ContainsSyntaxTree(node.SyntaxTree) ? context.Of(node.SyntaxTree).GetOperation(node, cancellation) : null;
}
