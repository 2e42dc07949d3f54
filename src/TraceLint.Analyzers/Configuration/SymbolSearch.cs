using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TraceLint.Configuration;

/// <summary>The result of looking up a documentation id in a compilation.</summary>
/// <param name="Found">The symbols, up to a limit.</param>
/// <param name="Nearest">The most similar existing id when nothing was found; null when none is similar.</param>
/// <param name="IsElsewhere">Whether even the namespace is unknown, so that the library may merely not be referenced here.</param>
internal readonly record struct SymbolSearchResult(ImmutableArray<ISymbol> Found, string? Nearest, bool IsElsewhere);

/// <summary>Looks up documentation ids, starting from the global namespace.</summary>
internal sealed class SymbolSearch(Compilation compilation)
{
    private const int MaxFound = 1_000;

    /// <summary>Where they are looked up.</summary>
    public Compilation Compilation => compilation;

    /// <summary>Finds the symbols that match a pattern.</summary>
    public SymbolSearchResult Find(SymbolPattern pattern, CancellationToken cancellation)
    {
        var parts = SymbolPattern.NamePart(pattern.Text).Split('.');
        var homes = new List<INamespaceOrTypeSymbol> { compilation.GlobalNamespace };
        var isWhole = pattern.Kind is 'T' or 'N' && !pattern.IsPrefix;
        var depth = isWhole ? parts.Length : parts.Length - 1;
        for (var i = 0; i < depth; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var next = homes.SelectMany(home => home.GetMembers(SymbolPattern.WithoutArity(parts[i])))
                .OfType<INamespaceOrTypeSymbol>()
                .Where(member => IsNamed(member, parts[i]))
                .ToList();
            if (next.Count == 0)
            {
                var nearest = NearestName.Of(
                    parts[i],
                    homes.SelectMany(static home => home.GetMembers())
                        .Where(static member => member is INamespaceOrTypeSymbol)
                        .Select(static member => member.MetadataName)
                        .Distinct());
                return Missing(
                    pattern,
                    nearest is null ? null : Replaced(pattern, parts, i, nearest),
                    isElsewhere: nearest is null && homes.TrueForAll(static home => home is INamespaceSymbol));
            }

            homes = next;
        }

        var found = isWhole
            ? homes.Where(home => pattern.Kind == 'T' == home is INamedTypeSymbol).ToImmutableArray<ISymbol>()
            : pattern.IsPrefix ? Wide(pattern, homes, cancellation)
            : homes.SelectMany(home => MembersOf(home, parts[depth])).Where(member => IsMatch(pattern, member)).ToImmutableArray();
        return found.IsEmpty
            ? Missing(pattern, isWhole ? null : NearestMember(pattern, parts, homes), isElsewhere: false)
            : new SymbolSearchResult(found, null, false);
    }

    /// <summary>The methods among some symbols, including the ordinary methods of types and namespaces.</summary>
    public static IEnumerable<IMethodSymbol> MethodsOf(IEnumerable<ISymbol> symbols)
        => symbols.SelectMany(AllIn)
            .OfType<IMethodSymbol>()
            .Where(static method => method.MethodKind is MethodKind.Ordinary)
            .Take(MaxFound);

    private static IEnumerable<ISymbol> AllIn(ISymbol symbol)
        => symbol is INamespaceOrTypeSymbol home ? home.GetMembers().SelectMany(AllIn) : [symbol];

    // The symbols whose ids start with the text before the star.
    private static ImmutableArray<ISymbol> Wide(SymbolPattern pattern, List<INamespaceOrTypeSymbol> homes, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<ISymbol>();
        var pending = new Stack<ISymbol>(homes.SelectMany(static home => home.GetMembers()));
        for (var steps = 0; pending.Count > 0 && found.Count < MaxFound && steps < 100 * MaxFound; steps++)
        {
            cancellation.ThrowIfCancellationRequested();
            var symbol = pending.Pop();
            var isHome = symbol is INamespaceOrTypeSymbol;
            if (isHome && pattern.Kind == 'M')
            {
                if (IsOnTheWay(pattern, symbol))
                {
                    foreach (var member in ((INamespaceOrTypeSymbol)symbol).GetMembers())
                    {
                        pending.Push(member);
                    }
                }
            }
            else if (IsMatch(pattern, symbol))
            {
                found.Add(symbol);
            }
        }

        return found.ToImmutable();
    }

    private static bool IsOnTheWay(SymbolPattern pattern, ISymbol home)
    {
        var name = SymbolPattern.WithoutArity(IdOf(home));
        var text = SymbolPattern.WithoutArity(pattern.Text);
        return name.StartsWith(text, StringComparison.Ordinal) || text.StartsWith(name + ".", StringComparison.Ordinal);
    }

    private static bool IsMatch(SymbolPattern pattern, ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => pattern.Kind == 'M' && pattern.Matches(method),
        IPropertySymbol property => pattern.Kind == 'P' && pattern.MatchesId(IdOf(property)),
        INamedTypeSymbol type => pattern.Kind == 'T' && pattern.MatchesId(IdOf(type)),
        INamespaceSymbol home => pattern.Kind == 'N' && pattern.MatchesId(home.ToDisplayString()),
        _ => false,
    };

    private static IEnumerable<ISymbol> MembersOf(INamespaceOrTypeSymbol home, string name)
        => name == "#ctor"
            ? home is INamedTypeSymbol type ? type.InstanceConstructors : Enumerable.Empty<ISymbol>()
            : home.GetMembers(SymbolPattern.WithoutArity(name));

    // An existing overload, else the member with the most similar name.
    private static string? NearestMember(SymbolPattern pattern, string[] parts, List<INamespaceOrTypeSymbol> homes)
    {
        var name = parts[parts.Length - 1];
        var sameName = homes.SelectMany(home => MembersOf(home, name)).FirstOrDefault(member => IsOfKind(pattern, member));
        if (sameName?.GetDocumentationCommentId() is { } overload && !pattern.IsPrefix)
        {
            return overload;
        }

        var nearest = NearestName.Of(
            name,
            homes.SelectMany(static home => home.GetMembers())
                .Where(member => IsOfKind(pattern, member))
                .Select(static member => member.Name)
                .Distinct());
        return nearest is null
            ? null
            : $"{pattern.Kind}:{string.Join(".", parts.Take(parts.Length - 1).Append(nearest))}{(pattern.IsPrefix ? "*" : "")}";
    }

    private static bool IsOfKind(SymbolPattern pattern, ISymbol member) => pattern.Kind switch
    {
        'M' => member is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.Constructor },
        'P' => member is IPropertySymbol,
        'T' => member is INamedTypeSymbol,
        _ => member is INamespaceSymbol,
    };

    private static string Replaced(SymbolPattern pattern, string[] parts, int index, string name)
    {
        var path = string.Join(".", parts.Select((part, i) => i == index ? name : part));
        var parameters = pattern.Text.Substring(SymbolPattern.NamePart(pattern.Text).Length);
        return $"{pattern.Kind}:{path}{parameters}{(pattern.IsPrefix ? "*" : "")}";
    }

    private static bool IsNamed(INamespaceOrTypeSymbol symbol, string part) => part.IndexOf('`') < 0 || symbol.MetadataName == part;

    private static string IdOf(ISymbol symbol)
        => symbol.GetDocumentationCommentId() is { Length: > 2 } id ? id.Substring(2) : symbol.ToDisplayString();

    private static SymbolSearchResult Missing(SymbolPattern pattern, string? nearest, bool isElsewhere)
        => new(ImmutableArray<ISymbol>.Empty, nearest == pattern.Id ? null : nearest, isElsewhere);
}
