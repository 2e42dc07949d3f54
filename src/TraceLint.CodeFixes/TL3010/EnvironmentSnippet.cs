using TraceLint.Propagation;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>
/// The statement that injects the current context into the environment of a child process, for each dialect. The names are in upper
/// case, because names are case-sensitive on Linux and the inherited variables, which must be replaced, are in upper case.
/// </summary>
internal static class EnvironmentSnippet
{
    /// <summary>The statement that injects.</summary>
    /// <param name="environment">The environment, an expression.</param>
    public static string Inject(string environment, SnippetSite site)
    {
        var (key, value) = (site.Parameter("key", "name"), site.Parameter("value", "text"));
        var activity = site.Name(SystemDiagnostics.Names.Activity);
        if (site.Dialect is Dialect.SystemDiagnostics)
        {
            var carrier = site.Parameter("_", "carrier");
            return $"{site.Name(SystemDiagnostics.Names.DistributedContextPropagator)}.Current.Inject({activity}.Current, {environment}, "
                + $"({carrier}, {key}, {value}) => {environment}[{key}.ToUpperInvariant()] = {value});";
        }

        var variables = site.Parameter("environment", "variables");
        var (context, baggage) = (site.NameAfterNew(OpenTelemetryApi.Names.PropagationContext), site.Name(OpenTelemetryApi.Names.Baggage));
        return $"""
            {site.Name(OpenTelemetryApi.Names.Propagators)}.DefaultTextMapPropagator.Inject(
                new {context}({activity}.Current?.Context ?? default, {baggage}.Current),
                {environment},
                {site.Static}({variables}, {key}, {value}) => {variables}[{key}.ToUpperInvariant()] = {value});
            """;
    }
}
