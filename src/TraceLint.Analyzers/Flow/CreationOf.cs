using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>What a variable holds: the value it was declared with or, in the same member, last assigned before.</summary>
internal static class CreationOf
{
    /// <summary>The value behind a reference to a local or a field; the operation itself when it is none.</summary>
    /// <returns>Null when it cannot be seen from here.</returns>
    public static IOperation? Value(IOperation operation, CancellationToken cancellation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        ISymbol? symbol = operation switch
        {
            ILocalReferenceOperation { Local: var local } => local,
            IFieldReferenceOperation { Field: var field } => field,
            IPropertyReferenceOperation { Property: var property } => property,
            _ => null,
        };
        if (symbol is null)
        {
            return operation;
        }

        return operation.SemanticModel is { } model ? LastAssigned(symbol, operation.Syntax, model, cancellation) ?? Declared(symbol, model, cancellation) : null;
    }

    private static IOperation? LastAssigned(ISymbol symbol, SyntaxNode use, SemanticModel model, CancellationToken cancellation)
    {
        ExpressionSyntax? last = null;
        foreach (var node in (EnclosingBody.Of(use) ?? use).DescendantNodes())
        {
            if (node.SpanStart >= use.SpanStart)
            {
                break;
            }

            if (node is AssignmentExpressionSyntax { Left: var left, Right: var right }
                && left.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().LastOrDefault() is { } name && name.Identifier.ValueText == symbol.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(left, cancellation).Symbol, symbol))
            {
                last = right;
            }
        }

        return last is null ? null : model.GetOperation(last, cancellation);
    }

    private static IOperation? Declared(ISymbol symbol, SemanticModel model, CancellationToken cancellation)
        => symbol.DeclaringSyntaxReferences is [var declaration]
            && declaration.SyntaxTree == model.SyntaxTree
            && declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: var value }
                ? model.GetOperation(value, cancellation)
                : null;
}
