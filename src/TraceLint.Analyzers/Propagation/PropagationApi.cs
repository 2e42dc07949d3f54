using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Propagation;

/// <summary>
/// An API that writes the current context to a carrier. In the two there are, a propagator has a method
/// <c>Inject(context, carrier, setter)</c>; a propagator of the project's own derives from it.
/// </summary>
internal abstract class PropagationApi(INamedTypeSymbol propagator)
{
    /// <summary>The APIs that a compilation references.</summary>
    public static ImmutableArray<PropagationApi> AllIn(Compilation compilation)
    {
        var apis = ImmutableArray.CreateBuilder<PropagationApi>();
        if (OpenTelemetryApi.In(compilation) is { } openTelemetry)
        {
            apis.Add(openTelemetry);
        }

        if (SystemDiagnostics.In(compilation) is { } systemDiagnostics)
        {
            apis.Add(systemDiagnostics);
        }

        return apis.ToImmutable();
    }

    /// <summary>Whether a call injects.</summary>
    /// <param name="call">Any call.</param>
    /// <param name="carrier">What the context is written to: the carrier, or something that has one.</param>
    public bool TryGetInjection(IInvocationOperation call, [NotNullWhen(true)] out IOperation? carrier)
    {
        carrier = null;
        if (call.TargetMethod.Name != "Inject" || !IsMemberOfPropagator(call.TargetMethod))
        {
            return false;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == "carrier")
            {
                carrier = argument.Value;
            }
        }

        return carrier is not null;
    }

    /// <summary>Whether a call extracts: a context, or what belongs to one.</summary>
    public bool IsExtraction(IInvocationOperation call)
        => call.TargetMethod.Name.StartsWith("Extract", StringComparison.Ordinal) && IsMemberOfPropagator(call.TargetMethod);

    /// <summary>Whether a method is one of a propagator, the library's or one derived from it.</summary>
    private protected bool IsMemberOfPropagator(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, propagator))
            {
                return true;
            }
        }

        return false;
    }
}
