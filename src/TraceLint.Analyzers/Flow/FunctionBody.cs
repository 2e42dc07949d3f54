using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>The code of a lambda, a local function or a method.</summary>
/// <param name="Function">Its declaration.</param>
/// <param name="Body">The block or the expression that runs.</param>
internal readonly record struct FunctionBody(SyntaxNode Function, SyntaxNode Body)
{
    private const int MaxDepth = 3;

    /// <summary>The code that a delegate or a work item runs.</summary>
    /// <returns>Null when it is not here, or there may be another.</returns>
    public static FunctionBody? Of(IOperation work, CompilationContext context, CancellationToken cancellation) => work switch
    {
        IConversionOperation conversion when conversion.Type is not { TypeKind: TypeKind.Interface } => Of(conversion.Operand, context, cancellation),
        IConversionOperation { Type: INamedTypeSymbol contract, Operand: var item } => OfItem(item.Type, contract, context, cancellation),
        IDelegateCreationOperation { Target: var target } => Of(target, context, cancellation),
        IAnonymousFunctionOperation { Syntax: AnonymousFunctionExpressionSyntax lambda } => new FunctionBody(lambda, lambda.Body),
        IMethodReferenceOperation { Method: var method, IsVirtual: var isVirtual } => Of(method, isVirtual, context, cancellation),
        ILocalReferenceOperation when CreationOf.Value(work, cancellation) is { } value and not ILocalReferenceOperation => Of(value, context, cancellation),
        _ => null,
    };

    /// <summary>The code that runs when a method is called.</summary>
    /// <returns>Null when it is not here, runs later, or there may be another.</returns>
    public static FunctionBody? Of(IMethodSymbol method, bool isVirtual, CompilationContext context, CancellationToken cancellation)
    {
        if (method.MethodKind is not MethodKind.LocalFunction)
        {
            if (context.MethodsOf(method, isVirtual) is not [var only])
            {
                return null;
            }

            method = only;
        }

        if (method.DeclaringSyntaxReferences is not [var declaration] || !context.Compilation.ContainsSyntaxTree(declaration.SyntaxTree))
        {
            return null;
        }

        var syntax = declaration.GetSyntax(cancellation);
        SyntaxNode? body = syntax switch
        {
            MethodDeclarationSyntax { Body: { } block } => block,
            MethodDeclarationSyntax { ExpressionBody.Expression: { } expression } => expression,
            LocalFunctionStatementSyntax { Body: { } block } => block,
            LocalFunctionStatementSyntax { ExpressionBody.Expression: { } expression } => expression,
            _ => null,
        };
        return body is null || EnclosingBody.IsIterator(syntax) ? null : new FunctionBody(syntax, body);
    }

    /// <summary>The nodes that run when the function does: not those of the lambdas and local functions in it.</summary>
    public IEnumerable<SyntaxNode> Nodes()
        => Body is AnonymousFunctionExpressionSyntax ? [] : Body.DescendantNodesAndSelf(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    /// <summary>The function, and the methods of the project that it calls itself, a few deep.</summary>
    public IEnumerable<FunctionBody> WithCallees(CompilationContext context, CancellationToken cancellation)
    {
        var seen = new HashSet<SyntaxNode>();
        var pending = new Queue<(FunctionBody Body, int Depth)>();
        pending.Enqueue((this, 0));
        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var (body, depth) = pending.Dequeue();
            if (!seen.Add(body.Function))
            {
                continue;
            }

            yield return body;

            if (depth < MaxDepth)
            {
                var model = context.Of(body.Body.SyntaxTree);
                foreach (var node in body.Nodes())
                {
                    if (node is InvocationExpressionSyntax call && model.GetOperation(call, cancellation) is IInvocationOperation operation
                        && Of(operation.TargetMethod, operation.IsVirtual, context, cancellation) is { } callee)
                    {
                        pending.Enqueue((callee, depth + 1));
                    }
                }
            }
        }
    }

    private static FunctionBody? OfItem(ITypeSymbol? item, INamedTypeSymbol contract, CompilationContext context, CancellationToken cancellation)
        => contract.GetMembers().OfType<IMethodSymbol>().FirstOrDefault() is { } member
            && item?.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation
                ? Of(implementation, isVirtual: false, context, cancellation)
                : null;
}
