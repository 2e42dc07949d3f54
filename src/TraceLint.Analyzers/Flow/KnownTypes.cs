using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace TraceLint.Flow;

/// <summary>Types by their metadata names. A compilation asks all of its references for one; so it is asked once for all rules.</summary>
internal static class KnownTypes
{
    private static readonly ConditionalWeakTable<Compilation, Dictionary<string, INamedTypeSymbol?>> s_compilations = new();

    /// <summary>The type of a name; null when there is none, or there are several.</summary>
    /// <param name="name">The metadata name, e.g. <c>System.Threading.Channels.ChannelWriter`1</c>.</param>
    public static INamedTypeSymbol? TypeNamed(this Compilation compilation, string name)
    {
        var types = s_compilations.GetOrCreateValue(compilation);
        lock (types)
        {
            if (!types.TryGetValue(name, out var type))
            {
                types.Add(name, type = compilation.GetTypeByMetadataName(name));
            }

            return type;
        }
    }
}
