using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>What calls do, for all libraries. Each symbol is asked about once.</summary>
internal sealed class CallModel
{
    private static readonly LibraryCalls[] s_libraries = [
        new ActivityCalls(), new OpenTelemetryCalls(), new ProcessCalls(), new RuntimeCalls(),
    ];

    private readonly ConcurrentDictionary<IMethodSymbol, Effect> _effects = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _otherProcesses = new(SymbolEqualityComparer.Default);

    public static CallModel In(CompilationContext context) => context.Shared(static _ => new CallModel())!;

    /// <summary>What a method, accessor or constructor does.</summary>
    public Effect EffectOf(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return _effects.TryGetValue(method, out var known) ? known : _effects.GetOrAdd(method, Find(method));
    }

    /// <summary>Whether objects of a type come from another process, unless interpreted code creates them.</summary>
    public bool IsFromOtherProcess(ITypeSymbol type)
        => _otherProcesses.TryGetValue(type.OriginalDefinition, out var known)
            ? known
            : _otherProcesses.GetOrAdd(type.OriginalDefinition, OtherProcesses.Are(type));

    private static Effect Find(IMethodSymbol method)
    {
        if (method.ContainingType is not null && method.Locations is not [{ IsInSource: true }, ..])
        {
            if (LogCalls.Are(method))
            {
                return Effect.Computes;
            }

            foreach (var library in s_libraries)
            {
                if (library.EffectOf(method) is { } effect)
                {
                    return effect;
                }
            }
        }

        return Effect.Unknown;
    }
}
