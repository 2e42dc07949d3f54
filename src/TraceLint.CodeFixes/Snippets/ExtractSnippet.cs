using Microsoft.CodeAnalysis;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Snippets;

/// <summary>
/// Statements that extract the context of a received message, for each dialect, always starting from an empty context and marked as
/// remote. A missing carrier yields an empty context.
/// </summary>
internal static class ExtractSnippet
{
    /// <summary>Extracts from a carrier.</summary>
    /// <param name="carrier">The carrier, an expression.</param>
    /// <param name="context">The context of the span that published the message, an expression.</param>
    public static IEnumerable<string> FromCarrier(string carrier, CarrierCode code, SnippetSite site, out string context)
    {
        var parent = site.Local("parent", "remoteParent", "publishedBy");
        context = site.Dialect is Dialect.OpenTelemetry ? $"{parent}.ActivityContext" : parent;
        return site.Dialect is Dialect.OpenTelemetry
            ? [WithOpenTelemetry(parent, carrier, code, site)]
            : WithSystemDiagnostics(parent, carrier, code, site);
    }

    /// <summary>Calls a helper of the project that extracts.</summary>
    /// <param name="argument">The argument of the helper, an expression.</param>
    /// <param name="context">The context of the span that published the message, an expression.</param>
    public static IEnumerable<string> ByHelper(
        ExtractHelper helper, string argument, SnippetSite site, SemanticModel model, out string context)
    {
        var parent = site.Local("parent", "remoteParent", "publishedBy");
        context = $"{parent}{helper.Context}";
        var enclosing = model.GetEnclosingSymbol(site.Position)?.ContainingType;
        var home = SymbolEqualityComparer.Default.Equals(enclosing, helper.Method.ContainingType)
            ? ""
            : $"{site.Name(helper.Method.ContainingType)}.";
        return [$"var {parent} = {home}{helper.Method.Name}({argument});"];
    }

    /// <summary>Collects a link to each message of a batch.</summary>
    /// <param name="messages">The messages, an expression.</param>
    /// <param name="message">The loop variable that holds one message.</param>
    /// <param name="extracted">The statements that extract the context of the message.</param>
    /// <param name="context">The extracted context, an expression.</param>
    /// <param name="links">The variable that holds the links.</param>
    public static IEnumerable<string> Links(
        string messages, string message, IEnumerable<string> extracted, string context, SnippetSite site, out string links)
    {
        links = site.Local("links", "messageLinks");
        return
        [
            $"var {links} = new {site.NameAfterNew("System.Collections.Generic.List`1")}<{site.Name(SpanTypes.Names.ActivityLink)}>();",
            ForEach(messages, message, [.. extracted, Link($"{links}.Add", context, site)]),
        ];
    }

    /// <summary>Links a running span to a message.</summary>
    /// <param name="span">The span, a variable that may be null.</param>
    /// <inheritdoc cref="Links"/>
    public static IEnumerable<string> AddLink(string span, IEnumerable<string> extracted, string context, SnippetSite site)
        => [.. extracted, Link($"{span}?.AddLink", context, site)];

    /// <summary>Links a running span to each message of a batch.</summary>
    /// <inheritdoc cref="AddLink"/>
    public static IEnumerable<string> AddLinks(
        string span, string messages, string message, IEnumerable<string> extracted, string context, SnippetSite site)
        => [ForEach(messages, message, [.. extracted, Link($"{span}?.AddLink", context, site)])];

    /// <summary>Sets the parent of an <c>Activity</c> that is not started yet, unless the context is empty.</summary>
    /// <param name="span">The span, a variable.</param>
    /// <param name="context">The context, an expression.</param>
    public static string SetParent(string span, string context, SnippetSite site)
        => $$"""
            if ({{context}} != default({{site.Name(SpanTypes.Names.ActivityContext)}}))
            {
                {{span}}.SetParentId({{context}}.TraceId, {{context}}.SpanId, {{context}}.TraceFlags);
                {{span}}.TraceStateString = {{context}}.TraceState;
            }

            """;

    // There is nothing to link to when the message came without a context.
    private static string Link(string add, string context, SnippetSite site)
        => $$"""
            if ({{context}} != default({{site.Name(SpanTypes.Names.ActivityContext)}}))
            {
                {{add}}(new {{site.NameAfterNew(SpanTypes.Names.ActivityLink)}}({{context}}));
            }
            """;

    private static string ForEach(string messages, string message, IEnumerable<string> statements)
    {
        var body = string.Concat(
            statements.SelectMany(static statement => statement.Split('\n'))
                .Select(static line => line.Length == 0 ? "\n" : $"    {line}\n"));
        return $$"""
            foreach (var {{message}} in {{messages}})
            {
            {{body.TrimEnd('\n')}}
            }

            """;
    }

    private static string WithOpenTelemetry(string parent, string carrier, CarrierCode code, SnippetSite site)
    {
        var (parameter, key, value) = (site.Parameter(code.CarrierNames), site.Parameter("key", "name"), site.Parameter("value", "text"));
        var read = carrier.Contains("?.") ? code.TryReadReceived(parameter, key, value) : code.TryRead(parameter, key, value);
        var (text, array) = (code.TextOf(value, site), site.Name("System.Array"));
        return $$"""
            var {{parent}} = {{site.Name(OpenTelemetryApi.Names.Propagators)}}.DefaultTextMapPropagator.Extract(
                default,
                {{carrier}},
                {{site.Static}}({{parameter}}, {{key}}) => {{read}} ? new[] { {{text}} } : {{array}}.Empty<string>());
            """;
    }

    private static IEnumerable<string> WithSystemDiagnostics(string parent, string carrier, CarrierCode code, SnippetSite site)
    {
        var headers = site.Local(code.CarrierNames[0], "carrier");
        var (traceParent, traceState) = (site.Local("traceParent", "parentHeader"), site.Local("traceState", "stateHeader"));
        yield return $"var {headers} = {carrier};";
        yield return Read(traceParent, headers, "traceparent", site.Local("parentValue", "parentEntry"), code, site);
        yield return Read(traceState, headers, "tracestate", site.Local("stateValue", "stateEntry"), code, site);

        var context = site.Name(SpanTypes.Names.ActivityContext);
        if (site.Knows(SpanTypes.Names.ActivityContext, "TryParse", parameters: 4))
        {
            yield return $"{context}.TryParse({traceParent}, {traceState}, isRemote: true, out var {parent});";
            yield break;
        }

        // Before DiagnosticSource 7, TryParse cannot mark the context as remote.
        var parsed = site.Local("parsed", "parsedContext");
        var made = site.NameAfterNew(SpanTypes.Names.ActivityContext);
        var parts = $"{parsed}.TraceId, {parsed}.SpanId, {parsed}.TraceFlags, {parsed}.TraceState";
        yield return $$"""
            var {{parent}} = {{context}}.TryParse({{traceParent}}, {{traceState}}, out var {{parsed}})
                ? new {{made}}({{parts}}, isRemote: true)
                : default({{context}});
            """;
    }

    // Must not throw for a missing entry: OpenTelemetry's propagator catches exceptions of a getter, but nothing does here.
    private static string Read(string variable, string carrier, string name, string value, CarrierCode code, SnippetSite site)
    {
        var read = code.TryReadReceived(carrier, $"\"{name}\"", value) + code.AndHasValue(value);
        return $"var {variable} = {read} ? {code.TextOf(value, site)} : null;";
    }
}
