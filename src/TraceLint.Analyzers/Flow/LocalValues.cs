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
            if (model.GetOperation(value, cancellation) is not { } operation)
            {
                return null;
            }

            operations.Add(operation);
        }

        return operations;
    }

    /// <summary>
    /// What a local may have got what it holds from: its values, the calls that it is an out argument of, what it was taken
    /// from by a loop, a pattern or a deconstruction.
    /// </summary>
    public static IEnumerable<IOperation> SourcesOf(ILocalSymbol local, SemanticModel model, CancellationToken cancellation)
    {
        if (local.DeclaringSyntaxReferences is not [var declaration])
        {
            yield break;
        }

        var sources = new List<SyntaxNode?> { SourceOf(declaration.GetSyntax(cancellation)) };
        foreach (var reference in References(local, model, cancellation))
        {
            switch (reference.Parent)
            {
                case AssignmentExpressionSyntax assignment when assignment.Left == reference:
                    sources.Add(assignment.Right);
                    break;
                case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword or (int)SyntaxKind.RefKeyword, Parent.Parent: { } call }:
                    sources.Add(call);
                    break;
            }
        }

        foreach (var source in sources)
        {
            if (source is not null && model.GetOperation(source, cancellation) is { } operation)
            {
                yield return operation;
            }
        }
    }

    private static SyntaxNode? SourceOf(SyntaxNode declaration)
    {
        switch (declaration)
        {
            case VariableDeclaratorSyntax variable:
                return variable.Initializer?.Value;
            case CommonForEachStatementSyntax loop:
                return loop.Expression;
        }

        foreach (var ancestor in declaration.Ancestors())
        {
            switch (ancestor)
            {
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }:
                    return call;
                case IsPatternExpressionSyntax test:
                    return test.Expression;
                case AssignmentExpressionSyntax deconstruction:
                    return deconstruction.Right;
                case CommonForEachStatementSyntax loop:
                    return loop.Expression;
                case SwitchStatementSyntax choice:
                    return choice.Expression;
                case SwitchExpressionSyntax choice:
                    return choice.GoverningExpression;
                case StatementSyntax:
                    return null;
            }
        }

        return null;
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
