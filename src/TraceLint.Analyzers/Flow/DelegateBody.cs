using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>The code that runs when a delegate is called.</summary>
internal static class DelegateBody
{
    /// <summary>The body and the parameters of a lambda or a method, passed in place or by a variable that has no other value.</summary>
    /// <param name="function">What is passed for the delegate.</param>
    /// <returns>Null when it cannot be seen, or another method may override it.</returns>
    public static (IOperation Body, IMethodSymbol Method)? Of(
        IOperation? function, CompilationContext context, CancellationToken cancellation)
        => OnlyValue.Of(function, context, cancellation) switch
        {
            IDelegateCreationOperation creation => Of(creation.Target, context, cancellation),
            IAnonymousFunctionOperation lambda => (lambda.Body, lambda.Symbol),
            IMethodReferenceOperation { Method: { DeclaringSyntaxReferences: [var declaration] } method } reference
                when (!reference.IsVirtual || method.IsSealed || method.ContainingType.IsSealed) && context.Has(method)
                    && OperationOf(declaration.GetSyntax(cancellation), context, cancellation) is { } body
                => (body, method.OriginalDefinition),
            _ => null,
        };

    private static IOperation? OperationOf(SyntaxNode node, CompilationContext context, CancellationToken cancellation)
        => context.Of(node.SyntaxTree).GetOperation(node, cancellation);
}
