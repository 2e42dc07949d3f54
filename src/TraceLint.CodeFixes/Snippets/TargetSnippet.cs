using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Flow;

namespace TraceLint.Snippets;

/// <summary>Surrounds statements that write to a carrier: creates the carrier where it may be missing, and loops over a batch.</summary>
internal static class TargetSnippet
{
    /// <summary>Statements for every carrier of a target.</summary>
    /// <param name="target">The message, carrier or batch.</param>
    /// <param name="statements">Returns the statements for one carrier, given the carrier and the type of its message.</param>
    public static IEnumerable<string> ForEachCarrier(
        InjectTarget target, CarrierCode code, SnippetSite site, Func<string, ITypeSymbol?, IEnumerable<string>> statements)
        => target.Role switch
        {
            CarrierRole.Carrier => statements(target.Name, null),
            CarrierRole.Batch => [ForEachMessage(target, code, site, statements)],
            _ => ForMessage(target, code, site, statements),
        };

    private static IEnumerable<string> ForMessage(
        InjectTarget target, CarrierCode code, SnippetSite site, Func<string, ITypeSymbol?, IEnumerable<string>> statements)
    {
        var carrier = $"{target.Name}.{code.Member}";
        if (!target.CarrierExists && !code.IsAlwaysThere)
        {
            var empty = code.Empty(target.Type, site);
            yield return site.Language >= LanguageVersion.CSharp8
                ? $"{carrier} ??= {empty};"
                : $$"""
                if ({{carrier}} == null)
                {
                    {{carrier}} = {{empty}};
                }

                """;
        }

        foreach (var statement in statements(carrier, target.Type))
        {
            yield return statement;
        }
    }

    private static string ForEachMessage(
        InjectTarget target, CarrierCode code, SnippetSite site, Func<string, ITypeSymbol?, IEnumerable<string>> statements)
    {
        var entry = site.Local("entry", "message", "item");
        var one = new InjectTarget(entry, CarrierRole.Message, target.Type, EntriesMember: null, CarrierExists: false);
        var lines = ForMessage(one, code, site, statements).SelectMany(static statement => statement.Split('\n'));
        var body = string.Concat(lines.Select(static line => line.Length == 0 ? "\n" : $"    {line}\n"));
        return $$"""
            foreach (var {{entry}} in {{target.Name}}{{(target.EntriesMember is null ? "" : "." + target.EntriesMember)}})
            {
            {{body.TrimEnd('\n')}}
            }

            """;
    }
}
