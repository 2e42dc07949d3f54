using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Boundaries;
using TraceLint.Propagation;

namespace TraceLint.Snippets;

/// <summary>The API that inserted code propagates with.</summary>
internal enum Dialect
{
    OpenTelemetry,
    SystemDiagnostics,
}

/// <summary>
/// The statements that inject the current context, per dialect and carrier. In all of them: Activity.Current is what is
/// injected, because a span that was not created leaves an unsampled one current; Remove comes before Add, because
/// Headers.Add appends and a forwarded message has a traceparent already.
/// </summary>
internal static class InjectSnippet
{
    /// <summary>The dialect to write in a compilation: OpenTelemetry where it is referenced.</summary>
    /// <returns>Null when there is nothing to propagate with, as before DiagnosticSource 6.</returns>
    public static Dialect? DialectOf(Compilation compilation)
    {
        if (compilation.GetTypeByMetadataName(OpenTelemetryApi.Names.Propagators) is not null)
        {
            return Dialect.OpenTelemetry;
        }

        return compilation.GetTypeByMetadataName(SystemDiagnostics.Names.DistributedContextPropagator) is not null ? Dialect.SystemDiagnostics : null;
    }

    /// <summary>Injects into the headers of a Kafka message.</summary>
    /// <param name="message">The variable that holds the message.</param>
    /// <param name="headersExist">Whether its headers are certainly not null.</param>
    /// <param name="site">What is known of the place the statements go to.</param>
    public static IEnumerable<string> IntoKafkaMessage(string message, bool headersExist, SnippetSite site, KafkaTypes kafka)
    {
        if (!headersExist)
        {
            var headers = $"new {site.NameAfterNew(kafka.Headers)}()";
            yield return site.Language >= LanguageVersion.CSharp8
                ? $"{message}.Headers ??= {headers};"
                : $$"""
                if ({{message}}.Headers == null)
                {
                    {{message}}.Headers = {{headers}};
                }

                """;
        }

        yield return site.Dialect is Dialect.OpenTelemetry ? WithOpenTelemetry(message, site) : WithSystemDiagnostics(message, site);
    }

    private static string WithOpenTelemetry(string message, SnippetSite site)
    {
        var (headers, key, value) = (site.Parameter("headers", "carrier"), site.Parameter("key", "name"), site.Parameter("value", "text"));
        var isStatic = site.Language >= LanguageVersion.CSharp9 ? "static " : "";
        return $$"""
            {{site.Name(OpenTelemetryApi.Names.Propagators)}}.DefaultTextMapPropagator.Inject(
                new {{site.NameAfterNew(OpenTelemetryApi.Names.PropagationContext)}}({{site.Name(SystemDiagnostics.Names.Activity)}}.Current?.Context ?? default, {{site.Name(OpenTelemetryApi.Names.Baggage)}}.Current),
                {{message}}.Headers,
                {{isStatic}}({{headers}}, {{key}}, {{value}}) =>
                {
                    {{headers}}.Remove({{key}});
                    {{headers}}.Add({{key}}, {{site.Name("System.Text.Encoding")}}.UTF8.GetBytes({{value}}));
                });
            """;
    }

    private static string WithSystemDiagnostics(string message, SnippetSite site)
    {
        var (carrier, key, value) = (site.Parameter("_", "carrier"), site.Parameter("key", "name"), site.Parameter("value", "text"));
        return $$"""
            {{site.Name(SystemDiagnostics.Names.DistributedContextPropagator)}}.Current.Inject({{site.Name(SystemDiagnostics.Names.Activity)}}.Current, {{message}}.Headers, ({{carrier}}, {{key}}, {{value}}) =>
            {
                {{message}}.Headers.Remove({{key}});
                {{message}}.Headers.Add({{key}}, {{site.Name("System.Text.Encoding")}}.UTF8.GetBytes({{value}}));
            });
            """;
    }
}
