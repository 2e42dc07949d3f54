using Microsoft.CodeAnalysis;

namespace TraceLint.Configuration;

/// <summary>
/// The attributes with which code declares what it does, on a method, a parameter, a type or an assembly. They are recognized by
/// name in any namespace, so that no reference is needed.
/// </summary>
internal static class ContextAttributes
{
    public const string Injects = "InjectsTraceContextAttribute";
    public const string Extracts = "ExtractsTraceContextAttribute";

    /// <summary>Marks code where a new trace starts on purpose.</summary>
    public const string Boundary = "TraceBoundaryAttribute";

    /// <summary>Whether a method, a method it overrides, or what contains it has an attribute.</summary>
    public static bool AreOn(IMethodSymbol method, string name)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            if (IsOn(current, name))
            {
                return true;
            }
        }

        return AreAround(method.ContainingType, name);
    }

    /// <summary>The parameter that has an attribute; null when there is none.</summary>
    public static IParameterSymbol? ParameterWith(IMethodSymbol method, string name)
    {
        foreach (var parameter in method.Parameters)
        {
            if (IsOn(parameter, name))
            {
                return parameter;
            }
        }

        return null;
    }

    /// <summary>Whether a member, a type or the assembly around some code has an attribute.</summary>
    /// <param name="symbol">The innermost symbol around the code.</param>
    public static bool AreAround(ISymbol? symbol, string name)
    {
        var assembly = symbol?.ContainingAssembly;
        for (; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (IsOn(symbol, name) || (symbol is IMethodSymbol { AssociatedSymbol: { } property } && IsOn(property, name)))
            {
                return true;
            }
        }

        return assembly is not null && IsOn(assembly, name);
    }

    /// <summary>Whether the symbol itself has an attribute.</summary>
    public static bool IsOn(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == name)
            {
                return true;
            }
        }

        return false;
    }
}
