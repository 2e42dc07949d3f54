using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Propagation;

/// <summary>An API that writes the current context to a carrier.</summary>
internal abstract class PropagationApi
{
    /// <summary>Whether a call injects.</summary>
    /// <param name="call">Any call.</param>
    /// <param name="carrier">What the context is written to: the carrier, or something that has one.</param>
    public abstract bool TryGetInjection(IInvocationOperation call, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IOperation? carrier);

    /// <summary>The argument of a parameter, by the name the library gives it.</summary>
    protected static IOperation? ArgumentOf(IInvocationOperation call, string parameter)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == parameter)
            {
                return argument.Value;
            }
        }

        return null;
    }

    /// <summary>Whether a method belongs to a type or to one that derives from it, such as a propagator of the project's own.</summary>
    protected static bool IsMemberOf(IMethodSymbol method, INamedTypeSymbol type)
    {
        for (var current = method.ContainingType; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, type))
            {
                return true;
            }
        }

        return false;
    }
}
