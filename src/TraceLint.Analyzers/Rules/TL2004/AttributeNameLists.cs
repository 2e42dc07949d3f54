using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>
/// Reads lists of attribute names from code. Works on syntax, because Roslyn 4.8 has no operation for collection expressions.
/// </summary>
internal static class AttributeNameLists
{
    /// <summary>Reads a name or a list of names.</summary>
    /// <param name="value">The expression with the names.</param>
    /// <param name="names">Receives the names.</param>
    /// <returns>False when not all of the names are visible.</returns>
    public static bool TryRead(ExpressionSyntax value, List<string> names, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetConstantValue(value, cancellation) is { HasValue: true, Value: var constant })
        {
            if (constant is string name)
            {
                names.Add(name);
            }

            return constant is string or null;
        }

        return value switch
        {
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: var operand }
                => TryRead(operand, names, model, cancellation),
            CollectionExpressionSyntax collection
                => collection.Elements.All(
                    element => element is ExpressionElementSyntax { Expression: var one } && TryRead(one, names, model, cancellation)),
            BaseObjectCreationExpressionSyntax creation
                => TryReadArguments(creation.ArgumentList, names, model, cancellation)
                    && TryReadAll(creation.Initializer, names, model, cancellation),
            ArrayCreationExpressionSyntax array => TryReadAll(array.Initializer, names, model, cancellation),
            ImplicitArrayCreationExpressionSyntax array => TryReadAll(array.Initializer, names, model, cancellation),
            InitializerExpressionSyntax initializer => TryReadAll(initializer, names, model, cancellation),
            InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToList", Expression: var list },
                ArgumentList.Arguments.Count: 0
            }
                => TryRead(list, names, model, cancellation),
            IdentifierNameSyntax or MemberAccessExpressionSyntax => TryReadField(value, names, model, cancellation),
            _ => false,
        };
    }

    /// <summary>Whether a requested name may match a trace attribute: by its name, <c>All</c>, or a prefix.</summary>
    public static bool MayNameContext(string name)
    {
        if (name is "All" or ".*")
        {
            return true;
        }

        if (name.EndsWith(".*", StringComparison.Ordinal))
        {
            return "traceparent".StartsWith(name.Substring(0, name.Length - 2), StringComparison.OrdinalIgnoreCase);
        }

        return TraceVocabulary.IsContextHeader(name) || TraceVocabulary.MayHoldContext(name);
    }

    private static bool TryReadAll(
        InitializerExpressionSyntax? initializer, List<string> names, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var element in initializer?.Expressions ?? default)
        {
            if (!TryRead(element, names, model, cancellation))
            {
                return false;
            }
        }

        return true;
    }

    // Constructor arguments: a capacity, or the initial names.
    private static bool TryReadArguments(
        ArgumentListSyntax? arguments, List<string> names, SemanticModel model, CancellationToken cancellation)
        => arguments?.Arguments switch
        {
            null or { Count: 0 } => true,
            [{ Expression: var only }]
                => model.GetConstantValue(only, cancellation) is { HasValue: true, Value: int }
                    || TryRead(only, names, model, cancellation),
            _ => false,
        };

    // A static readonly list, which never changes.
    private static bool TryReadField(ExpressionSyntax value, List<string> names, SemanticModel model, CancellationToken cancellation)
        => model.GetSymbolInfo(value, cancellation).Symbol is IFieldSymbol
        {
            IsStatic: true,
            IsReadOnly: true,
            DeclaredAccessibility: Accessibility.Private,
            DeclaringSyntaxReferences: [var declaration]
        }
            && declaration.SyntaxTree == value.SyntaxTree
            && declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: var initial }
            && TryRead(initial, names, model, cancellation);
}
