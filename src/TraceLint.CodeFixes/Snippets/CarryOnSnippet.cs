using Microsoft.CodeAnalysis;
using TraceLint.Propagation;

namespace TraceLint.Snippets;

/// <summary>
/// Statements that forward the context of a received message where no span is current: the entries that a propagator reads, and no
/// others. If a span may be current, it takes precedence, so that the published message belongs to it.
/// </summary>
internal static class CarryOnSnippet
{
    /// <summary>Forwards the context to the carrier of a message, to a carrier, or to the carrier of each message of a batch.</summary>
    /// <param name="received">The carrier of the received message, an expression.</param>
    /// <param name="hasNoSpan">Whether no span can be current.</param>
    public static IEnumerable<string> Statements(string received, bool hasNoSpan, InjectTarget target, CarrierCode code, SnippetSite site)
        => TargetSnippet.ForEachCarrier(target, code, site, (carrier, message) =>
        {
            if (site.Dialect is not Dialect.OpenTelemetry)
            {
                return hasNoSpan
                    ? [CopiedFields(received, carrier, message, code, site)]
                    : [CurrentOrCopiedFields(received, carrier, message, code, site)];
            }

            var context = hasNoSpan ? Extracted(received, code, site) : CurrentOrExtracted(received, code, site);
            return [InjectSnippet.WithOpenTelemetry(context, carrier, message, code, site)];
        });

    private static string CurrentOrExtracted(string received, CarrierCode code, SnippetSite site)
    {
        var activity = site.Name(SystemDiagnostics.Names.Activity);
        var (context, baggage) = (site.NameAfterNew(OpenTelemetryApi.Names.PropagationContext), site.Name(OpenTelemetryApi.Names.Baggage));
        return $"""
            {activity}.Current != null
                    ? new {context}({activity}.Current.Context, {baggage}.Current)
                    : {Extracted(received, code, site).Replace("\n", "\n    ")}
            """;
    }

    private static string CurrentOrCopiedFields(string received, string carrier, ITypeSymbol? message, CarrierCode code, SnippetSite site)
        => $$"""
            if ({{site.Name(SystemDiagnostics.Names.Activity)}}.Current != null)
            {
                {{InjectSnippet.WithSystemDiagnostics(carrier, message, code, site).TrimEnd().Replace("\n", "\n    ")}}
            }
            else
            {
                {{CopiedFields(received, carrier, message, code, site).TrimEnd().Replace("\n", "\n    ")}}
            }

            """;

    private static string Extracted(string received, CarrierCode code, SnippetSite site)
    {
        var (parameter, key, value) = (site.Parameter(code.CarrierNames), site.Parameter("key", "name"), site.Parameter("value", "text"));
        var read = code.TryRead(parameter, key, value) + code.AndHasValue(value);
        var (text, array) = (code.TextOf(value, site), site.Name("System.Array"));
        return $$"""
            {{site.Name(OpenTelemetryApi.Names.Propagators)}}.DefaultTextMapPropagator.Extract(
                    default,
                    {{received}},
                    {{site.Static}}({{parameter}}, {{key}}) => {{read}} ? new[] { {{text}} } : {{array}}.Empty<string>())
            """;
    }

    private static string CopiedFields(string received, string carrier, ITypeSymbol? message, CarrierCode code, SnippetSite site)
    {
        var (field, value) = (site.Local("field", "name"), site.Local("value", "text"));
        var set = string.Concat(code.Copy(carrier, field, value, message, site).Select(static statement => $"        {statement}\n"));
        return $$"""
            foreach (var {{field}} in {{site.Name(SystemDiagnostics.Names.DistributedContextPropagator)}}.Current.Fields)
            {
                if ({{code.TryReadReceived(received, field, value)}})
                {
            {{set.TrimEnd('\n')}}
                }
            }

            """;
    }
}
