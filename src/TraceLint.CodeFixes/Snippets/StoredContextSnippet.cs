using TraceLint.Propagation;

namespace TraceLint.Snippets;

/// <summary>The statements that write the W3C context of a row to a carrier, where no span is current.</summary>
internal static class StoredContextSnippet
{
    /// <summary>Writes it to the carrier of a message, to a carrier, or to the carrier of each message of a batch.</summary>
    public static IEnumerable<string> Statements(StoredContext stored, InjectTarget target, CarrierCode code, SnippetSite site)
        => TargetSnippet.ForEachCarrier(target, code, site, (carrier, message) =>
        {
            var parent = Copy(StoredContext.TraceParent, stored.Parent);
            return stored.State is { } state ? [parent, Copy(StoredContext.TraceState, state)] : [parent];

            string Copy(string field, string value)
            {
                var set = string.Concat(
                    code.Set(carrier, $"\"{field}\"", value, message, site).Select(static statement => $"    {statement}\n"));
                return $$"""
                    if (!string.IsNullOrEmpty({{value}}))
                    {
                    {{set.TrimEnd('\n')}}
                    }

                    """;
            }
        });
}
