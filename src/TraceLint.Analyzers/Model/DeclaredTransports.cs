using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TraceLint.Configuration;

namespace TraceLint.Model;

/// <summary>The boundaries that a user has declared, as far as they are there in a compilation.</summary>
/// <param name="Publishes">The methods with which messages leave.</param>
/// <param name="Consumes">The methods with which messages arrive.</param>
internal sealed record DeclaredTransports(ImmutableArray<DeclaredMethod> Publishes, ImmutableArray<DeclaredMethod> Consumes)
{
    private static readonly DeclaredTransports s_none = new(ImmutableArray<DeclaredMethod>.Empty, ImmutableArray<DeclaredMethod>.Empty);

    /// <summary>Looks for them.</summary>
    public static DeclaredTransports In(Compilation compilation, Settings settings, CancellationToken cancellation)
    {
        var (publishes, consumes) = (settings.PatternsIn(compilation, KnownOptions.PublishMethods), settings.PatternsIn(compilation, KnownOptions.ConsumeMethods));
        if (publishes.IsEmpty && consumes.IsEmpty && !settings.Declarations.Any(static line => line.Kind is DeclarationKind.Publish or DeclarationKind.Consume))
        {
            return s_none;
        }

        var search = new SymbolSearch(compilation);
        var carriers = new CarrierSearch(settings.Declarations, search, cancellation);
        return new DeclaredTransports(
            Find(DeclarationKind.Publish, publishes, carriers.OfPublish, settings, search, cancellation),
            Find(DeclarationKind.Consume, consumes, carriers.OfConsume, settings, search, cancellation));
    }

    /// <summary>What is wrong with the carriers of the lines of a file.</summary>
    public static IEnumerable<Problem> ProblemsIn(DeclarationFile file, Settings settings, SymbolSearch search, CancellationToken cancellation)
    {
        var carriers = new CarrierSearch(settings.Declarations, search, cancellation);
        foreach (var line in file.Lines)
        {
            if (line.Kind is DeclarationKind.Publish or DeclarationKind.Consume)
            {
                var isPublish = line.Kind is DeclarationKind.Publish;
                foreach (var problem in ProblemsOf(line.Symbol!, method => isPublish ? carriers.OfPublish(method, line) : carriers.OfConsume(method, line), search, cancellation))
                {
                    yield return new Problem((line.Parts.TryGetValue(Declaration.PartNames.Carrier, out var path) ? path : line.Target).Span, problem);
                }
            }
        }
    }

    /// <summary>What is wrong with the carriers of methods that settings name.</summary>
    public static IEnumerable<Problem> ProblemsIn(Options options, Settings settings, SymbolSearch search, CancellationToken cancellation)
    {
        if (options.Get(KnownOptions.PublishMethods).Patterns.IsEmpty && options.Get(KnownOptions.ConsumeMethods).Patterns.IsEmpty)
        {
            return [];
        }

        var carriers = new CarrierSearch(settings.Declarations, search, cancellation);
        return options.Get(KnownOptions.PublishMethods).Patterns.SelectMany(pattern => ProblemsOf(pattern, method => carriers.OfPublish(method, line: null), search, cancellation))
            .Concat(options.Get(KnownOptions.ConsumeMethods).Patterns.SelectMany(pattern => ProblemsOf(pattern, method => carriers.OfConsume(method, line: null), search, cancellation)))
            .Select(static problem => new Problem(default, problem));
    }

    // Overloads without a carrier are what such an id is to find, as long as there is one that has it.
    private static IEnumerable<string> ProblemsOf(
        SymbolPattern pattern, Func<IMethodSymbol, (DeclaredMethod? Found, string? Problem)> of, SymbolSearch search, CancellationToken cancellation)
    {
        string? problem = null;
        foreach (var method in SymbolSearch.MethodsOf(search.Find(pattern, cancellation).Found))
        {
            if (of(method) is var (found, why) && found is not null)
            {
                return [];
            }

            problem ??= $"'{pattern.Id}' {why}; a part carrier= says where it is, or carrier={CarrierSearch.Nowhere} that there is none";
        }

        return problem is null ? [] : [problem];
    }

    private static ImmutableArray<DeclaredMethod> Find(
        DeclarationKind kind,
        ImmutableArray<SymbolPattern> bySetting,
        Func<IMethodSymbol, Declaration?, (DeclaredMethod? Found, string? Problem)> of,
        Settings settings,
        SymbolSearch search,
        CancellationToken cancellation)
    {
        var found = new Dictionary<IMethodSymbol, DeclaredMethod>(SymbolEqualityComparer.Default);
        var loose = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        foreach (var (pattern, line) in settings.Declarations.Where(line => line.Kind == kind).Select(static line => (line.Symbol!, (Declaration?)line)).Concat(bySetting.Select(static pattern => (pattern, (Declaration?)null))))
        {
            foreach (var method in SymbolSearch.MethodsOf(search.Find(pattern, cancellation).Found))
            {
                if (of(method, line).Found is not { } declared)
                {
                    loose.Add(method);
                }
                else if (!found.ContainsKey(method))
                {
                    found.Add(method, declared with { IsBySetting = line is null });
                }
            }
        }

        // An overload that cannot carry, beside one that can.
        foreach (var method in loose)
        {
            if (!found.ContainsKey(method) && found.Values.FirstOrDefault(other => other.Carrier is not null && other.Method.Name == method.Name
                && SymbolEqualityComparer.Default.Equals(other.Method.ContainingType, method.ContainingType)) is { } sibling)
            {
                found.Add(method, new DeclaredMethod(method, null, null) { IsBySetting = sibling.IsBySetting });
            }
        }

        return found.Values.ToImmutableArray();
    }
}
