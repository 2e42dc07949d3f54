using Microsoft.CodeAnalysis;

namespace TraceLint.Propagation;

/// <summary>How far a method is from the code that may call it. Of several helpers, the nearest is called.</summary>
internal static class Nearness
{
    /// <summary>A number that is smaller for a method that is nearer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="caller">What the call is to be written in.</param>
    public static int Of(IMethodSymbol method, ISymbol? caller, Compilation compilation)
    {
        if (SymbolEqualityComparer.Default.Equals(method.ContainingType, caller?.ContainingType))
        {
            return 0;
        }

        if (SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly))
        {
            return 1;
        }

        return SymbolEqualityComparer.Default.Equals(method.ContainingNamespace, caller?.ContainingNamespace) ? 2 : 3;
    }
}
