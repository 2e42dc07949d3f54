using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace TraceLint.Configuration;

/// <summary>Methods named by documentation ids, including the methods that override or implement them.</summary>
internal sealed class MethodPatterns
{
    public static readonly MethodPatterns None = new(ImmutableArray<SymbolPattern>.Empty, problem: null);

    // Keyed by the string that the options hold, so that the parsed patterns live as long as the options.
    private static readonly ConditionalWeakTable<string, MethodPatterns> s_read = new();

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly bool _hasWide;

    private MethodPatterns(ImmutableArray<SymbolPattern> patterns, string? problem)
    {
        (Patterns, Problem) = (patterns, problem);
        foreach (var pattern in patterns)
        {
            _hasWide |= pattern.MethodName is null;
            if (pattern.MethodName is { } name)
            {
                _names.Add(name);
            }
        }
    }

    public ImmutableArray<SymbolPattern> Patterns { get; }

    /// <summary>What could not be parsed; null when everything could.</summary>
    public string? Problem { get; }

    /// <summary>Parses ids separated by bars.</summary>
    public static MethodPatterns Of(string text) => s_read.GetValue(text, static text => Read(text));

    public static MethodPatterns Of(IEnumerable<SymbolPattern> patterns) => new(patterns.ToImmutableArray(), problem: null);

    /// <summary>Whether a method with this name can match.</summary>
    public bool MayContain(string name) => _hasWide || _names.Contains(name);

    /// <summary>Whether a method, or a method that it overrides or implements, matches.</summary>
    public bool Contains(IMethodSymbol method)
    {
        if (Patterns.IsEmpty)
        {
            return false;
        }

        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!_hasWide && !_names.Contains(method.MethodKind is MethodKind.Constructor ? "#ctor" : method.Name))
        {
            return false;
        }

        for (var current = method; current is not null; current = current.OverriddenMethod?.OriginalDefinition)
        {
            if (Matches(current))
            {
                return true;
            }
        }

        return method is { MethodKind: MethodKind.Ordinary, IsStatic: false, ContainingType: { TypeKind: not TypeKind.Interface } type }
            && Implements(method, type);
    }

    private bool Matches(IMethodSymbol method)
    {
        foreach (var pattern in Patterns)
        {
            if (pattern.Matches(method))
            {
                return true;
            }
        }

        return false;
    }

    private bool Implements(IMethodSymbol method, INamedTypeSymbol type)
    {
        foreach (var contract in type.AllInterfaces)
        {
            foreach (var member in contract.GetMembers(method.Name))
            {
                if (member is IMethodSymbol declared && Matches(declared.OriginalDefinition)
                    && SymbolEqualityComparer.Default.Equals(
                        type.FindImplementationForInterfaceMember(declared)?.OriginalDefinition, method))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static MethodPatterns Read(string text)
    {
        var patterns = ImmutableArray.CreateBuilder<SymbolPattern>();
        foreach (var part in text.Split('|').Select(static part => part.Trim()).Where(static part => part.Length > 0))
        {
            var (pattern, problem) = SymbolPattern.Parse(part, "MTN");
            if (pattern is null)
            {
                return new MethodPatterns(ImmutableArray<SymbolPattern>.Empty, problem);
            }

            patterns.Add(pattern);
        }

        return new MethodPatterns(patterns.ToImmutable(), problem: null);
    }
}
