using Microsoft.CodeAnalysis;

namespace TraceLint.Model;

/// <summary>What the calls of a library do.</summary>
internal abstract class LibraryCalls
{
    /// <summary>What a method, accessor or constructor does.</summary>
    /// <param name="method">The method, as it is declared.</param>
    /// <returns>Null when it is not one of the library, or nothing is known about it.</returns>
    public abstract Effect? EffectOf(IMethodSymbol method);

    /// <summary>Whether a symbol is declared in a namespace, and not in a namespace below it.</summary>
    protected static bool IsIn(ISymbol? symbol, string home) => symbol?.ContainingNamespace?.ToDisplayString() == home;
}
