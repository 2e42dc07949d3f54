using Microsoft.CodeAnalysis;

namespace TraceLint.Configuration;

/// <summary>
/// The attributes with which code says itself what it does, recognised by their names in any namespace, so that nobody has
/// to reference anything: on a method, a parameter, a type or an assembly.
/// </summary>
internal static class ContextAttributes
{
    public const string Injects = "InjectsTraceContextAttribute";
    public const string Extracts = "ExtractsTraceContextAttribute";

    /// <summary>A new trace starts here on purpose.</summary>
    public const string Boundary = "TraceBoundaryAttribute";

    /// <summary>Whether a method has an attribute: itself, what it overrides, or what it is in.</summary>
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

    /// <summary>The parameter with an attribute; null when none has it.</summary>
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

    /// <summary>Whether code is in something that has an attribute: a member, a type, the assembly.</summary>
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

    /// <summary>Whether a symbol itself has an attribute.</summary>
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
