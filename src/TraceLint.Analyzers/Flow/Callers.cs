using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>Calls of a method of the project, seen from the method.</summary>
internal static class Callers
{
    /// <summary>Whether a call may run a method: it names the method, what it overrides, or what it implements.</summary>
    public static bool Calls(IInvocationOperation call, IMethodSymbol method)
    {
        var (called, runs) = ((call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition, (method.ReducedFrom ?? method).OriginalDefinition);
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
}
