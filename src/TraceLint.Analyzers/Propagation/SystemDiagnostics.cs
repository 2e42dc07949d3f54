using Microsoft.CodeAnalysis;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>System.Diagnostics: <c>DistributedContextPropagator.Inject(Activity?, object? carrier, PropagatorSetterCallback?)</c>, since DiagnosticSource 6.</summary>
internal sealed class SystemDiagnostics(INamedTypeSymbol propagator) : PropagationApi(propagator)
{
    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Activity = "System.Diagnostics.Activity";
        public const string DistributedContextPropagator = "System.Diagnostics.DistributedContextPropagator";
    }

    /// <summary>The API as this compilation sees it; null when it is not referenced.</summary>
    public static SystemDiagnostics? In(Compilation compilation)
        => compilation.TypeNamed(Names.DistributedContextPropagator) is { } propagator ? new SystemDiagnostics(propagator) : null;
}
