using Microsoft.CodeAnalysis;
using TraceLint.Configuration;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Snippets;

/// <summary>The API with which inserted code propagates the context.</summary>
internal enum Dialect
{
    OpenTelemetry,
    SystemDiagnostics,
}

/// <summary>
/// Statements that inject the current context, for each dialect. They inject Activity.Current instead of a span variable, because the
/// unsampled parent is still current when a span was not created. Existing entries are replaced.
/// </summary>
internal static class InjectSnippet
{
    /// <summary>The dialect for a compilation: OpenTelemetry if it is referenced, unless the user chose System.Diagnostics.</summary>
    /// <returns>Null when there is no propagator, as before DiagnosticSource 6.</returns>
    public static Dialect? DialectOf(Compilation compilation, DialectChoice choice)
    {
        if (choice is not DialectChoice.SystemDiagnostics && compilation.TypeNamed(OpenTelemetryApi.Names.Propagators) is not null)
        {
            return Dialect.OpenTelemetry;
        }

        return compilation.TypeNamed(SystemDiagnostics.Names.DistributedContextPropagator) is not null ? Dialect.SystemDiagnostics : null;
    }

    /// <summary>Injects into the carrier of a message, into a carrier, or into the carrier of each message of a batch.</summary>
    public static IEnumerable<string> Statements(InjectTarget target, CarrierCode code, SnippetSite site)
        => TargetSnippet.ForEachCarrier(target, code, site, (carrier, message) => [site.Dialect is Dialect.OpenTelemetry
            ? WithOpenTelemetry(CurrentContext(site), carrier, message, code, site)
            : WithSystemDiagnostics(carrier, message, code, site)]);

    /// <summary>The statement that injects a context into a carrier with OpenTelemetry's propagator.</summary>
    /// <param name="context">The context, an expression that may have several lines.</param>
    /// <param name="carrier">The carrier, an expression.</param>
    /// <param name="message">The type of the message that the carrier belongs to.</param>
    public static string WithOpenTelemetry(string context, string carrier, ITypeSymbol? message, CarrierCode code, SnippetSite site)
        => $"""
            {site.Name(OpenTelemetryApi.Names.Propagators)}.DefaultTextMapPropagator.Inject(
                {context},
                {carrier},
                {OpenTelemetrySetter(message, code, site, indentation: "    ")});
            """;

    /// <summary>The setter for OpenTelemetry's propagators: a lambda that writes to the carrier that it is given.</summary>
    /// <param name="indentation">The indentation of a body that has several statements.</param>
    public static string OpenTelemetrySetter(ITypeSymbol? message, CarrierCode code, SnippetSite site, string indentation)
    {
        var (parameter, key, value) = (site.Parameter(code.CarrierNames), site.Parameter("key", "name"), site.Parameter("value", "text"));
        return $"{site.Static}({parameter}, {key}, {value}) => {Body(code.Set(parameter, key, value, message, site), indentation)}";
    }

    /// <summary>The expression for OpenTelemetry's context of the current span.</summary>
    public static string CurrentContext(SnippetSite site)
        => $"new {site.NameAfterNew(OpenTelemetryApi.Names.PropagationContext)}("
            + $"{site.Name(SystemDiagnostics.Names.Activity)}.Current?.Context ?? default, "
            + $"{site.Name(OpenTelemetryApi.Names.Baggage)}.Current)";

    /// <summary>The statement that injects the current span into a carrier with the propagator of .NET.</summary>
    public static string WithSystemDiagnostics(string carrier, ITypeSymbol? message, CarrierCode code, SnippetSite site)
    {
        var propagator = site.Name(SystemDiagnostics.Names.DistributedContextPropagator);
        var activity = site.Name(SystemDiagnostics.Names.Activity);
        var setter = SystemDiagnosticsSetter(carrier, message, code, site, indentation: "");
        return $"{propagator}.Current.Inject({activity}.Current, {carrier}, {setter});";
    }

    /// <summary>The setter for .NET's propagators: a lambda that captures the carrier, which it would be given as an object.</summary>
    /// <inheritdoc cref="OpenTelemetrySetter"/>
    public static string SystemDiagnosticsSetter(
        string carrier, ITypeSymbol? message, CarrierCode code, SnippetSite site, string indentation)
    {
        var (parameter, key, value) = (site.Parameter("_", "carrier"), site.Parameter("key", "name"), site.Parameter("value", "text"));
        return $"({parameter}, {key}, {value}) => {Body(code.Set(carrier, key, value, message, site), indentation)}";
    }

    // The body of a lambda: an expression for one statement, a block for several.
    private static string Body(IReadOnlyList<string> statements, string indentation)
        => statements is [var only]
            ? only.TrimEnd(';')
            : $"\n{indentation}{{\n{string.Concat(statements.Select(statement => $"{indentation}    {statement}\n"))}{indentation}}}";
}
