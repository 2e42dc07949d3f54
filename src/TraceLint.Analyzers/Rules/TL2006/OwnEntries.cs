using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Rules;

/// <summary>
/// Collections in which a type stores its own spans: an entry that is read by a key was written by the same key, in the same type, from
/// an <c>Activity</c>.
/// </summary>
internal static class OwnEntries
{
    /// <summary>Whether the type itself writes the entry that a piece of code reads.</summary>
    public static bool Have(SyntaxNode read, SemanticModel model, CancellationToken cancellation)
    {
        if (EntryReadBy(model.GetOperation(read, cancellation)) is not ({ } collection, { } name)
            || read.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return false;
        }

        foreach (var node in type.DescendantNodes())
        {
            cancellation.ThrowIfCancellationRequested();
            if (WrittenBy(node) is var (at, target, value)
                && model.GetConstantValue(at, cancellation) is { HasValue: true, Value: string written }
                && written == name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(target, cancellation).Symbol, collection)
                && IsOfSpan(value, model, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private static (ISymbol? Collection, string? Key)? EntryReadBy(IOperation? read) => read switch
    {
        IPropertyReferenceOperation { Instance: var collection, Arguments: [{ Value.ConstantValue.Value: var key }] }
            => (SymbolOf(collection.OrAccessed()), key as string),
        IInvocationOperation { Instance: var collection, Arguments: [{ Value.ConstantValue.Value: var key }, ..] }
            => (SymbolOf(collection.OrAccessed()), key as string),
        _ => null,
    };

    private static ISymbol? SymbolOf(IOperation? collection) => collection?.Unconverted() switch
    {
        ILocalReferenceOperation { Local: var local } => local,
        IMemberReferenceOperation { Member: var member } => member,
        _ => null,
    };

    // collection[key] = value; collection.Add(key, value); collection.TryAdd(key, value)
    private static (ExpressionSyntax Key, ExpressionSyntax Collection, ExpressionSyntax Value)? WrittenBy(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax
        {
            Left: ElementAccessExpressionSyntax { Expression: var collection, ArgumentList.Arguments: [var key] },
            Right: var value
        }
            => (key.Expression, collection, value),
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Expression: var collection, Name.Identifier.ValueText: "Add" or "TryAdd" },
            ArgumentList.Arguments: [var key, var value]
        }
            => (key.Expression, collection, value.Expression),
        _ => null,
    };

    private static bool IsOfSpan(ExpressionSyntax value, SemanticModel model, CancellationToken cancellation)
        => model.GetOperation(value is PostfixUnaryExpressionSyntax { Operand: var known } ? known : value, cancellation) is { } operation
            && ComputedFrom.Of(operation, cancellation).Any(
                static one => one.Type is
                {
                    Name: "Activity",
                    ContainingNamespace: { Name: "Diagnostics", ContainingNamespace.Name: "System" }
                });
}
