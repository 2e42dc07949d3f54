using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace TraceLint.Flow;

/// <summary>
/// Types by their metadata names, found once for all rules. A compilation that is asked for one asks all of its references, two
/// hundred of them; here only those are asked that have its namespace, which are found out once, too.
/// </summary>
internal static class KnownTypes
{
    private static readonly ConditionalWeakTable<Compilation, Known> s_compilations = new();

    /// <summary>The type of a name; null when there is none, or there are several.</summary>
    /// <param name="name">The metadata name, e.g. <c>System.Threading.Channels.ChannelWriter`1</c>.</param>
    public static INamedTypeSymbol? TypeNamed(this Compilation compilation, string name)
    {
        var known = s_compilations.GetOrCreateValue(compilation);
        lock (known)
        {
            if (!known.Types.TryGetValue(name, out var type))
            {
                known.Types.Add(name, type = Find(name, compilation, known.Namespaces));
            }

            return type;
        }
    }

    private static INamedTypeSymbol? Find(string name, Compilation compilation, Dictionary<string, INamespaceSymbol?> namespaces)
    {
        if (name.IndexOf('+') >= 0)
        {
            return compilation.GetTypeByMetadataName(name);
        }

        var (dot, tick) = (name.LastIndexOf('.'), name.IndexOf('`'));
        var simple = tick < 0 ? name.Substring(dot + 1) : name.Substring(dot + 1, tick - dot - 1);
        var arity = tick < 0 ? 0 : int.Parse(name.Substring(tick + 1), CultureInfo.InvariantCulture);
        return NamespaceNamed(name.Substring(0, Math.Max(dot, 0)), compilation, namespaces)?.GetTypeMembers(simple, arity) switch
        {
            null or [] => null,
            [var only] => only,
            _ => compilation.GetTypeByMetadataName(name),
        };
    }

    private static INamespaceSymbol? NamespaceNamed(string name, Compilation compilation, Dictionary<string, INamespaceSymbol?> namespaces)
    {
        if (name.Length == 0)
        {
            return compilation.GlobalNamespace;
        }

        if (!namespaces.TryGetValue(name, out var found))
        {
            var dot = name.LastIndexOf('.');
            found = NamespaceNamed(name.Substring(0, Math.Max(dot, 0)), compilation, namespaces)?.GetMembers(name.Substring(dot + 1)).OfType<INamespaceSymbol>().FirstOrDefault();
            namespaces.Add(name, found);
        }

        return found;
    }

    private sealed class Known
    {
        public Dictionary<string, INamedTypeSymbol?> Types { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, INamespaceSymbol?> Namespaces { get; } = new(StringComparer.Ordinal);
    }
}
