using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>The value of a local or a readonly member that is assigned once, be it in a declaration or a constructor.</summary>
internal static class OnlyValue
{
    private const int MaxDepth = 4;

    /// <summary>The value of an expression, followed through such variables; an expression that is not one is its own value.</summary>
    /// <returns>Null when a variable has several values, or they are not all visible.</returns>
    public static IOperation? Of(IOperation? expression, CompilationContext context, CancellationToken cancellation)
    {
        for (var depth = 0; depth < MaxDepth && expression is not null; depth++)
        {
            expression = expression.Unconverted();
            switch (expression)
            {
                case ILocalReferenceOperation { Local: var local, SemanticModel: { } model }:
                    expression = LocalValues.Of(local, model, cancellation) is [var only] ? only : null;
                    break;
                case IFieldReferenceOperation { Field: { IsReadOnly: true } field }:
                    expression = OfMember(field, context, cancellation);
                    break;
                case IPropertyReferenceOperation { Property: { SetMethod: null, IsVirtual: false, IsOverride: false } property }
                    when context.Has(property) && IsAuto(property, cancellation):
                    expression = OfMember(property, context, cancellation);
                    break;
                case IFieldReferenceOperation:
                    return null;
                default:
                    return expression;
            }
        }

        return null;
    }

    private static bool IsAuto(IPropertySymbol property, CancellationToken cancellation)
        => property.DeclaringSyntaxReferences is [var declaration]
            && declaration.GetSyntax(cancellation)
                is PropertyDeclarationSyntax { AccessorList.Accessors: [{ Body: null, ExpressionBody: null }] };

    private static IOperation? OfMember(ISymbol member, CompilationContext context, CancellationToken cancellation)
    {
        if (!context.Has(member) || member.DeclaringSyntaxReferences is not [var declaration])
        {
            return null;
        }

        var value = declaration.GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax field => field.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            _ => null,
        };

        foreach (var part in member.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax(cancellation).DescendantNodes())
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == member.Name && Written(name) is { } written)
                {
                    if (value is not null || written.IsKind(SyntaxKind.Argument))
                    {
                        return null;
                    }

                    value = (written as AssignmentExpressionSyntax)?.Right;
                }
            }
        }

        return value is null ? null : context.Of(value.SyntaxTree).GetOperation(value, cancellation);
    }

    // The assignment or the argument that a name is written by.
    private static SyntaxNode? Written(IdentifierNameSyntax name)
    {
        SyntaxNode target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return target.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == target => assignment,
            ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword or (int)SyntaxKind.RefKeyword } argument => argument,
            ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } tuple } argument
                when assignment.Left == tuple => argument,
            _ => null,
        };
    }
}
