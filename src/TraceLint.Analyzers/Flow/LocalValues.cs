using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Flow;

/// <summary>What a local is ever given, wherever in its body, and where it is named.</summary>
internal static class LocalValues
{
    /// <summary>The values: that of its declaration, and those it is assigned.</summary>
    /// <returns>Null when some cannot be seen: an out or ref argument, a deconstruction, a loop.</returns>
    public static IReadOnlyList<IOperation>? Of(ILocalSymbol local, SemanticModel model, CancellationToken cancellation)
    {
        if (local.DeclaringSyntaxReferences is not [var declaration] || local.IsRef
            || DeclaredValue(declaration.GetSyntax(cancellation)) is not (true, var declared))
        {
            return null;
        }

        var values = new List<ExpressionSyntax>();
        if (declared is not null)
        {
            values.Add(declared);
        }

        foreach (var reference in References(local, model, cancellation))
        {
            if (!TryAddWritten(reference, values))
            {
                return null;
            }
        }

        var operations = new List<IOperation>(values.Count);
        foreach (var value in values)
        {
            if (model.GetOperation(Unsuppressed(value), cancellation) is not { } operation)
            {
                return null;
            }

            operations.Add(operation);
        }

        return operations;
    }

    /// <summary>Whether a variable is assigned in the body around a place, going by its name.</summary>
    public static bool IsAssigned(string variable, SyntaxNode place)
    {
        foreach (var node in EnclosingBody.Of(place)?.DescendantNodes() ?? [])
        {
            if (node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var name } } && name == variable)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where a local is named, its declaration aside.</summary>
    public static IEnumerable<IdentifierNameSyntax> References(ILocalSymbol local, SemanticModel model, CancellationToken cancellation)
    {
        if (local.DeclaringSyntaxReferences is not [var declaration] || EnclosingBody.Of(declaration.GetSyntax(cancellation)) is not { } body)
        {
            yield break;
        }

        foreach (var node in body.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, local))
            {
                yield return name;
            }
        }
    }

    private static (bool IsSeen, ExpressionSyntax? Value) DeclaredValue(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax { Initializer.Value: RefExpressionSyntax } => (false, null),
        VariableDeclaratorSyntax variable => (true, variable.Initializer?.Value),
        SingleVariableDesignationSyntax { Parent: PatternSyntax { Parent: IsPatternExpressionSyntax test } } => (true, test.Expression),
        _ => (false, null),
    };

    // There is no operation for value!
    private static ExpressionSyntax Unsuppressed(ExpressionSyntax value)
        => value is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: var operand }
            ? operand
            : value;

    private static bool TryAddWritten(IdentifierNameSyntax reference, List<ExpressionSyntax> values)
    {
        switch (reference.Parent)
        {
            case AssignmentExpressionSyntax assignment when assignment.Left == reference:
                values.Add(assignment.Right);
                return assignment.Kind() is SyntaxKind.SimpleAssignmentExpression or SyntaxKind.CoalesceAssignmentExpression;
            case ArgumentSyntax { Parent: TupleExpressionSyntax tuple }:
                return tuple.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is not { } deconstruction || !deconstruction.Left.Contains(tuple);
            case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword or (int)SyntaxKind.RefKeyword } or RefExpressionSyntax:
                return false;
            default:
                return true;
        }
    }
}
