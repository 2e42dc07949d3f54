using System.Collections.Immutable;

namespace TraceLint.Configuration;

/// <summary>The ids of all rules, in order, taken from the names of their classes: <c>TL1001_What</c>.</summary>
internal static class RuleIds
{
    private static readonly Lazy<ImmutableSortedSet<string>> s_all = new(static () => typeof(RuleIds).Assembly.GetTypes()
        .Where(static type => type.Name.Length > 7 && type.Name.StartsWith("TL", StringComparison.Ordinal) && type.Name[6] == '_')
        .Select(static type => type.Name.Substring(0, 6))
        .ToImmutableSortedSet(StringComparer.OrdinalIgnoreCase));

    public static ImmutableSortedSet<string> All => s_all.Value;
}
