using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TraceLint.Configuration;

namespace TraceLint.Model;

/// <summary>The methods that the user has declared to publish or to receive, as far as they exist in a compilation.</summary>
/// <param name="Publishes">The methods that publish messages.</param>
/// <param name="Consumes">The methods that receive messages.</param>
/// <param name="Received">The types of which every value was received.</param>
internal sealed record DeclaredTransports(
    ImmutableArray<DeclaredMethod> Publishes, ImmutableArray<DeclaredMethod> Consumes, ImmutableArray<DeclaredType> Received)
{
    private static readonly DeclaredTransports s_none
        = new(ImmutableArray<DeclaredMethod>.Empty, ImmutableArray<DeclaredMethod>.Empty, ImmutableArray<DeclaredType>.Empty);

    /// <summary>Looks up the declared methods.</summary>
    public static DeclaredTransports In(Compilation compilation, Settings settings, CancellationToken cancellation)
    {
        var publishes = settings.PatternsIn(compilation, KnownOptions.PublishMethods);
        var consumes = settings.PatternsIn(compilation, KnownOptions.ConsumeMethods);
        if (publishes.IsEmpty
            && consumes.IsEmpty
            && !settings.Declarations.Any(static line => line.Kind is DeclarationKind.Publish or DeclarationKind.Consume))
        {
            return s_none;
        }

        var search = new SymbolSearch(compilation);
        var carriers = new CarrierSearch(settings.Declarations, search, cancellation);
        var published = new DeclaredMessages(DeclarationKind.Publish, carriers.OfPublish, carriers, search);
        var received = new DeclaredMessages(DeclarationKind.Consume, carriers.OfConsume, carriers, search);
        return new DeclaredTransports(
            Find(DeclarationKind.Publish, publishes, carriers.OfPublish, settings, search, cancellation)
                .AddRange(published.In(publishes, settings, cancellation).SelectMany(static type => DeclaredMessages.PublishesOf(type))),
            Find(DeclarationKind.Consume, consumes, carriers.OfConsume, settings, search, cancellation),
            received.In(consumes, settings, cancellation).ToImmutableArray());
    }

    /// <summary>The problems with the carriers that a declaration file declares.</summary>
    public static IEnumerable<Problem> ProblemsIn(
        DeclarationFile file, Settings settings, SymbolSearch search, CancellationToken cancellation)
    {
        var carriers = new CarrierSearch(settings.Declarations, search, cancellation);
        foreach (var line in file.Lines)
        {
            if (line.Kind is DeclarationKind.Publish or DeclarationKind.Consume)
            {
                var isPublish = line.Kind is DeclarationKind.Publish;
                var place = line.Parts.TryGetValue(Declaration.PartNames.Carrier, out var path) ? path.Span : line.Target.Span;
                var messages = new DeclaredMessages(line.Kind, Of, carriers, search);
                foreach (var problem in messages.Of(line.Symbol!, line, cancellation) is null
                    ? ProblemsOf(line.Symbol!, method => Of(method, line), search, cancellation)
                        .Concat(messages.ProblemsOf(line.Symbol!, line, cancellation))
                    : [])
                {
                    yield return new Problem(place, problem);
                }

                (DeclaredMethod? Found, string? Problem) Of(IMethodSymbol method, Declaration? line)
                    => isPublish ? carriers.OfPublish(method, line) : carriers.OfConsume(method, line);
            }
        }
    }

    /// <summary>The problems with the carriers of the methods that settings name.</summary>
    public static IEnumerable<Problem> ProblemsIn(Options options, Settings settings, SymbolSearch search, CancellationToken cancellation)
    {
        var publishes = options.Get(KnownOptions.PublishMethods).Patterns;
        var consumes = options.Get(KnownOptions.ConsumeMethods).Patterns;
        if (publishes.IsEmpty && consumes.IsEmpty)
        {
            return [];
        }

        var carriers = new CarrierSearch(settings.Declarations, search, cancellation);
        var published = new DeclaredMessages(DeclarationKind.Publish, carriers.OfPublish, carriers, search);
        var received = new DeclaredMessages(DeclarationKind.Consume, carriers.OfConsume, carriers, search);
        var ofPublishes = publishes
            .Where(pattern => published.Of(pattern, line: null, cancellation) is null)
            .SelectMany(pattern => ProblemsOf(pattern, method => carriers.OfPublish(method, line: null), search, cancellation));
        var ofConsumes = consumes
            .Where(pattern => received.Of(pattern, line: null, cancellation) is null)
            .SelectMany(pattern => ProblemsOf(pattern, method => carriers.OfConsume(method, line: null), search, cancellation));
        return ofPublishes.Concat(ofConsumes).Select(static problem => new Problem(default, problem));
    }

    // An id may match overloads without a carrier, as long as one of the overloads has one.
    private static IEnumerable<string> ProblemsOf(
        SymbolPattern pattern,
        Func<IMethodSymbol, (DeclaredMethod? Found, string? Problem)> of,
        SymbolSearch search,
        CancellationToken cancellation)
    {
        string? problem = null;
        foreach (var method in SymbolSearch.MethodsOf(search.Find(pattern, cancellation).Found))
        {
            if (of(method) is var (found, why) && (found is not null || why is null))
            {
                return [];
            }

            problem ??= $"{Quote.Id(pattern.Id)} {why}";
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
        var byLine = settings.Declarations
            .Where(line => line.Kind == kind)
            .Select(static line => (line.Symbol!, (Declaration?)line));
        foreach (var (pattern, line) in byLine.Concat(bySetting.Select(static pattern => (pattern, (Declaration?)null))))
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

        // An overload without a carrier counts when another overload has one.
        foreach (var method in loose)
        {
            if (!found.ContainsKey(method) && found.Values.FirstOrDefault(other => CarriesFor(method, other)) is { } sibling)
            {
                found.Add(method, new DeclaredMethod(method, null, null) { IsBySetting = sibling.IsBySetting });
            }
        }

        return found.Values.ToImmutableArray();
    }

    private static bool CarriesFor(IMethodSymbol method, DeclaredMethod overload)
        => overload.Carrier is not null
            && overload.Method.Name == method.Name
            && SymbolEqualityComparer.Default.Equals(overload.Method.ContainingType, method.ContainingType);
}
