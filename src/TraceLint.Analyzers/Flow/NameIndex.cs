using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Flow;

/// <summary>Where names stand in a body or a type. It is walked once, however often it is asked.</summary>
internal static class NameIndex
{
    private static readonly ConditionalWeakTable<SyntaxNode, ILookup<string, IdentifierNameSyntax>> s_names = new();

    /// <summary>The places of a name.</summary>
    public static IEnumerable<IdentifierNameSyntax> Of(SyntaxNode code, string name)
        => s_names.GetValue(code, static code => code.DescendantNodes().OfType<IdentifierNameSyntax>().ToLookup(static node
            => node.Identifier.ValueText, StringComparer.Ordinal))[name];
}
