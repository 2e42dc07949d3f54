using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// Locals that hold what the code itself has asked for, by calling a method that receives. The types already match, so the name of the
/// method decides.
/// </summary>
/// <param name="receives">The names of the methods that receive.</param>
internal sealed class ReceivedLocals(params string[] receives)
{
    private readonly HashSet<string> _receives = new(receives, StringComparer.Ordinal);

    /// <summary>Whether a local is one: the result of a call, or one of several that a call or another local yields.</summary>
    public bool Contain(ILocalSymbol local)
        => local.DeclaringSyntaxReferences is [var declaration]
            && ValueOf(declaration.GetSyntax()) is { } value
            && (IsReceive(value)
                || (value is IdentifierNameSyntax { Identifier.ValueText: var name }
                    && Declared(name, value) is { } batch
                    && IsReceive(batch)));

    private bool IsReceive(ExpressionSyntax value)
    {
        foreach (var node in value.DescendantNodesAndSelf(static node => node is not AnonymousFunctionExpressionSyntax))
        {
            if (node is InvocationExpressionSyntax call
                && call.CalledName() is { Identifier.ValueText: var name }
                && _receives.Contains(name))
            {
                return true;
            }
        }

        return false;
    }

    private static ExpressionSyntax? Declared(string name, SyntaxNode at)
    {
        foreach (var node in EnclosingBody.Of(at)?.DescendantNodes() ?? [])
        {
            if (node is VariableDeclaratorSyntax declarator && declarator.Identifier.ValueText == name)
            {
                return declarator.Initializer?.Value;
            }
        }

        return null;
    }

    private static ExpressionSyntax? ValueOf(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax { Initializer.Value: var value } => value,
        ForEachStatementSyntax { Expression: var collection } => collection,
        _ => null,
    };
}
