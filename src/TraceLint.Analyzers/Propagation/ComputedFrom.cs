using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Propagation;

/// <summary>
/// What an operation is computed from: its operands, and for the locals among them what they are declared with, a
/// variable of a loop with what is looped over.
/// </summary>
internal static class ComputedFrom
{
    private const int MaxOperations = 500;

    /// <summary>The operation and everything it is computed from, nearest first; a bounded number.</summary>
    public static IEnumerable<IOperation> Of(IOperation root, CancellationToken cancellation)
    {
        var pending = new Queue<IOperation>();
        var locals = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        pending.Enqueue(root);
        for (var seen = 0; pending.Count > 0 && seen < MaxOperations; seen++)
        {
            cancellation.ThrowIfCancellationRequested();
            var operation = pending.Dequeue();
            yield return operation;

            if (operation is ILocalReferenceOperation { Local: var local } reference && locals.Add(local)
                && DeclaredValue(reference, cancellation) is { } value)
            {
                pending.Enqueue(value);
            }

            foreach (var child in operation.ChildOperations)
            {
                pending.Enqueue(child);
            }
        }
    }

    /// <summary>What a local is declared with, the collection for the variable of a loop; null when it is declared without a value.</summary>
    public static IOperation? DeclaredValue(ILocalReferenceOperation reference, CancellationToken cancellation)
    {
        if (reference.Local.DeclaringSyntaxReferences is not [var declaration] || reference.SemanticModel is not { } model)
        {
            return null;
        }

        return declaration.GetSyntax(cancellation) switch
        {
            ForEachStatementSyntax loop => model.GetOperation(loop.Expression, cancellation),
            SingleVariableDesignationSyntax { Parent: DeclarationPatternSyntax { Parent: IsPatternExpressionSyntax pattern } } => model.GetOperation(pattern.Expression, cancellation),
            var node => model.GetOperation(node, cancellation) is IVariableDeclaratorOperation { Initializer.Value: { } value } ? value : null,
        };
    }
}
