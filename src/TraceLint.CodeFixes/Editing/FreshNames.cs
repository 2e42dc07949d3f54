using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TraceLint.Editing;

/// <summary>Names for inserted locals and parameters that neither hide other names nor are hidden by them.</summary>
internal sealed class FreshNames(SemanticModel model)
{
    private readonly List<(SyntaxNode Scope, string Name)> _reserved = [];

    /// <summary>The first of some names, else the first with a number, that is free for a lambda parameter at a position.</summary>
    public string ForParameter(int position, params string[] names) => Pick(names, name => !IsVisible(position, name));

    /// <summary>
    /// The first of some names, else the first with a number, that is free for a local. The name is then reserved in the scope of the local
    /// and in the scopes inside and around it.
    /// </summary>
    /// <param name="scope">The node in which the local is declared.</param>
    public string ForLocal(SyntaxNode scope, int position, params string[] names)
    {
        var used = new HashSet<string>(
            scope.DescendantTokens()
                .Where(static token => token.IsKind(SyntaxKind.IdentifierToken))
                .Select(static token => token.ValueText),
            StringComparer.Ordinal);
        var name = Pick(names, name => !used.Contains(name) && !IsVisible(position, name) && !IsReserved(scope, name));
        _reserved.Add((scope, name));
        return name;
    }

    private static string Pick(string[] names, Func<string, bool> isFree)
    {
        foreach (var name in names)
        {
            if (isFree(name))
            {
                return name;
            }
        }

        for (var number = 2; ; number++)
        {
            if (names[0] + number is var name && isFree(name))
            {
                return name;
            }
        }
    }

    private bool IsVisible(int position, string name)
    {
        foreach (var symbol in model.LookupSymbols(position, name: name))
        {
            if (symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsReserved(SyntaxNode scope, string name)
    {
        foreach (var reserved in _reserved)
        {
            if (reserved.Name == name && (reserved.Scope.Span.Contains(scope.Span) || scope.Span.Contains(reserved.Scope.Span)))
            {
                return true;
            }
        }

        return false;
    }
}
