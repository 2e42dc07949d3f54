using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// Whether something carries the context of all jobs of a library: an add-on that is referenced, or a filter, listener, wrapper or client
/// of the project whose code has to do with tracing.
/// </summary>
internal sealed class JobHooks(BackgroundJobs jobs, CompilationContext context)
{
    private readonly object _gate = new();
    private bool? _mayCarry;

    /// <summary>Whether the context of jobs may be carried; found out once, when first asked.</summary>
    public bool MayCarry(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _mayCarry ??= context.Compilation.ReferencedAssemblyNames.Any(IsAddOn)
                || jobs.Hooks.Any(hook => context.TypesDerivedFrom(hook).Any(type => MayCarry(type, hook, cancellation)))
                || jobs.HasOtherHooks(context, cancellation);
        }
    }

    // Agents, other than OpenTelemetry, which carries nothing without the add-on.
    private bool IsAddOn(AssemblyIdentity assembly)
        => AssemblyNames.IsOneOf(assembly.Name, jobs.AddOns)
            || (AssemblyNames.IsOneOf(assembly.Name, AssemblyNames.Agents) && !AssemblyNames.IsOneOf(assembly.Name, "OpenTelemetry"));

    // A job may wrap another one.
    private static bool MayCarry(INamedTypeSymbol type, INamedTypeSymbol hook, CancellationToken cancellation)
        => (hook.Name != "IJob" || Holds(type, hook)) && IsAboutTracing(type, cancellation);

    private static bool Holds(INamedTypeSymbol type, INamedTypeSymbol hook)
        => type.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter
            => SymbolEqualityComparer.Default.Equals(parameter.Type, hook) || parameter.Type is ITypeParameterSymbol));

    private static bool IsAboutTracing(INamedTypeSymbol type, CancellationToken cancellation)
        => type.DeclaringSyntaxReferences.Any(part => part.GetSyntax(cancellation).DescendantTokens()
            .Any(static token => token.Value is string name && TraceVocabulary.IsAboutTracing(name)));
}
