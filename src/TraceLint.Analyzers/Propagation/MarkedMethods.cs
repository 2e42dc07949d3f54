using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Configuration;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>The methods that are said to inject or extract, by a line, a setting or an attribute: what a fix can call.</summary>
internal static class MarkedMethods
{
    /// <summary>The methods that lines and settings name, of this project or of a library.</summary>
    /// <param name="patterns">The names.</param>
    public static IEnumerable<IMethodSymbol> Declared(
        IEnumerable<SymbolPattern> patterns, CompilationContext context, CancellationToken cancellation)
    {
        var search = new SymbolSearch(context.Compilation);
        return patterns.SelectMany(pattern => SymbolSearch.MethodsOf(search.Find(pattern, cancellation).Found));
    }

    /// <summary>The methods of this project that have an attribute, or a parameter that has it, or are in something that has it.</summary>
    /// <param name="attribute">The name of the attribute's class.</param>
    public static IEnumerable<IMethodSymbol> WithAttribute(string attribute, CompilationContext context, CancellationToken cancellation)
    {
        var words = SourceWords.HashesOf([attribute, attribute.Substring(0, attribute.Length - nameof(Attribute).Length)]);
        foreach (var tree in context.Compilation.SyntaxTrees)
        {
            if (!SourceWords.StandIn(tree, words, cancellation))
            {
                continue;
            }

            foreach (var node in tree.GetRoot(cancellation).DescendantNodes())
            {
                if (node is MethodDeclarationSyntax && context.Of(tree).GetDeclaredSymbol(node, cancellation) is IMethodSymbol method
                    && (ContextAttributes.AreOn(method, attribute) || ContextAttributes.ParameterWith(method, attribute) is not null))
                {
                    yield return method;
                }
            }
        }
    }
}
