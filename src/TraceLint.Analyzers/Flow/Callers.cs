using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>Calls of a method of the project, seen from the method.</summary>
internal static class Callers
{
    /// <summary>Whether a call may run a method: it names the method, what it overrides, or what it implements.</summary>
    public static bool Calls(IInvocationOperation call, IMethodSymbol method) => MayRun(call.TargetMethod, method);

    /// <summary>Whether a method may run where another one is named: it is that, overrides or implements it.</summary>
    public static bool MayRun(IMethodSymbol named, IMethodSymbol method)
    {
        var (called, runs) = ((named.ReducedFrom ?? named).OriginalDefinition, (method.ReducedFrom ?? method).OriginalDefinition);
        if (SymbolEqualityComparer.Default.Equals(called, runs))
        {
            return true;
        }

        for (var overridden = runs.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(called, overridden.OriginalDefinition))
            {
                return true;
            }
        }

        return called.ContainingType is { TypeKind: TypeKind.Interface } contract && runs.ContainingType is { } owner
            && owner.AllInterfaces.Any(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, contract))
            && called.Name == runs.Name && called.Parameters.Length == runs.Parameters.Length;
    }

    /// <summary>Whether whatever calls a method calls it by its name, and from this compilation.</summary>
    public static bool AreAllHere(IMethodSymbol method)
        => !method.IsVirtual && !method.IsAbstract && !method.IsOverride && !IsVisibleOutside(method) && !ImplementsInterface(method);

    private static bool IsVisibleOutside(IMethodSymbol method)
    {
        for (ISymbol? symbol = method; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
            {
                return false;
            }
        }

        return true;
    }

    private static bool ImplementsInterface(IMethodSymbol method)
    {
        if (!method.ExplicitInterfaceImplementations.IsEmpty)
        {
            return true;
        }

        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            foreach (var member in contract.GetMembers(method.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
