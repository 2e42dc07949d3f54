using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>The operand of <c>?.</c>, seen from behind it.</summary>
internal static class ConditionalAccess
{
    /// <summary>What the access around an operation asks for null: the syntax of the two is one.</summary>
    public static IOperation? Accessed(this IConditionalAccessInstanceOperation instance)
    {
        for (var parent = instance.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access && access.Operation.Syntax == instance.Syntax)
            {
                return access.Operation;
            }
        }

        return null;
    }

    /// <summary>The whole access that a node is the last part of: that with all question marks.</summary>
    public static SyntaxNode WholeAccess(this SyntaxNode last)
        => last.Ancestors().TakeWhile(static node => node is ConditionalAccessExpressionSyntax or MemberAccessExpressionSyntax)
            .OfType<ConditionalAccessExpressionSyntax>().LastOrDefault() ?? last;

    /// <summary>An operation, or, where it is what stands for the operand behind <c>?.</c>, the operand.</summary>
    public static IOperation? OrAccessed(this IOperation? operation) => operation is IConditionalAccessInstanceOperation instance ? instance.Accessed() : operation;
}
