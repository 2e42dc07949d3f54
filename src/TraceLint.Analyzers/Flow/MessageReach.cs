using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>
/// What is done with something that a variable holds: in a body, and in the project's own methods that the body hands it, or
/// something of it, to. Of an interface every implementation counts that is here. Bounded in depth and number.
/// </summary>
/// <param name="isOne">What is looked for, given the variables that hold the thing; null when any may.</param>
/// <param name="isFollowed">Which calls are followed although they are not handed it.</param>
internal sealed class MessageReach(CompilationContext context, Func<IOperation, HashSet<ISymbol>?, bool> isOne, Func<IMethodSymbol, bool> isFollowed)
{
    private const int MaxDepth = 4;
    private const int MaxBodies = 60;

    /// <summary>The operations of a body that are what is looked for, or lead to it.</summary>
    /// <param name="body">A node that <see cref="EnclosingBody.Of"/> returned.</param>
    /// <param name="variables">What holds the thing; null when anything may.</param>
    public IEnumerable<IOperation> In(SyntaxNode body, IEnumerable<ISymbol>? variables, CancellationToken cancellation)
        => context.Of(body.SyntaxTree).GetOperation(body, cancellation) is { } root
            ? In(root, variables is null ? null : DerivedVariables.Of(root, variables), new(SymbolEqualityComparer.Default), MaxDepth, cancellation)
            : [];

    /// <summary>Whether an operation is what is looked for, or leads to it.</summary>
    /// <param name="derived">The variables that hold the thing; null when any may.</param>
    public bool IsAt(IOperation operation, HashSet<ISymbol>? derived, CancellationToken cancellation)
        => isOne(operation, derived) || LeadsToOne(operation, derived, new(SymbolEqualityComparer.Default), MaxDepth, cancellation);

    /// <summary>Whether a method of the project, or what it calls, does it with anything.</summary>
    public bool IsIn(IMethodSymbol method, bool isVirtual, CancellationToken cancellation)
        => IsIn(method, isVirtual, received: null, new(SymbolEqualityComparer.Default), MaxDepth, cancellation);

    private IEnumerable<IOperation> In(IOperation root, HashSet<ISymbol>? derived, HashSet<IMethodSymbol> seen, int depth, CancellationToken cancellation)
    {
        foreach (var operation in root.DescendantsAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            if (isOne(operation, derived) || LeadsToOne(operation, derived, seen, depth, cancellation))
            {
                yield return operation;
            }
        }
    }

    private bool LeadsToOne(IOperation operation, HashSet<ISymbol>? derived, HashSet<IMethodSymbol> seen, int depth, CancellationToken cancellation)
    {
        var (method, isVirtual, instance, arguments) = operation switch
        {
            IInvocationOperation call => (call.TargetMethod, call.IsVirtual, call.Instance, call.Arguments),
            IObjectCreationOperation { Constructor: { } constructor } creation => (constructor, false, null, creation.Arguments),
            _ => default,
        };
        if (method is null || depth <= 1
            || !(derived is null || DerivedVariables.Mentions(instance, derived) || arguments.Any(argument => DerivedVariables.Mentions(argument.Value, derived)) || isFollowed(method)))
        {
            return false;
        }

        var received = derived is null ? null : method.Parameters.Where(parameter
            => arguments.Any(argument => argument.Parameter?.Ordinal == parameter.Ordinal && DerivedVariables.Mentions(argument.Value, derived))).ToList();
        return IsIn(method, isVirtual, received, seen, depth - 1, cancellation);
    }

    private bool IsIn(IMethodSymbol method, bool isVirtual, List<IParameterSymbol>? received, HashSet<IMethodSymbol> seen, int depth, CancellationToken cancellation)
    {
        foreach (var implementation in context.MethodsThatMayRun(method, isVirtual))
        {
            if (implementation.DeclaringSyntaxReferences is not [var declaration] || !context.Compilation.ContainsSyntaxTree(declaration.SyntaxTree)
                || !seen.Add(implementation) || seen.Count > MaxBodies)
            {
                continue;
            }

            var node = declaration.GetSyntax(cancellation);
            if (context.Of(node.SyntaxTree).GetOperation(node, cancellation) is not { } root)
            {
                continue;
            }

            var derived = received is null ? null : DerivedVariables.Of(root, received.Select(parameter => implementation.Parameters.ElementAtOrDefault(parameter.Ordinal)).OfType<ISymbol>());
            if (In(root, derived, seen, depth, cancellation).Any())
            {
                return true;
            }
        }

        return false;
    }
}
