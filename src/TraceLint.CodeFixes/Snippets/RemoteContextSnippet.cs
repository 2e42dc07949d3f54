using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Snippets;

/// <summary>Code that creates a remote context.</summary>
internal static class RemoteContextSnippet
{
    /// <summary>Whether <c>TryParse</c> has a parameter <c>isRemote</c>, as it does since DiagnosticSource 7.</summary>
    public static bool HasRemoteTryParse(Compilation compilation)
        => compilation.TypeNamed(SpanTypes.Names.ActivityContext) is { } type
            && type.GetMembers("TryParse").Any(static member => member is IMethodSymbol { Parameters.Length: 4 });

    /// <summary>The statement that parses a traceparent into a new local, which is empty if the text is invalid.</summary>
    /// <param name="traceParent">The traceparent, an expression.</param>
    /// <param name="traceState">The tracestate, an expression.</param>
    /// <param name="compilation">The compilation of the statement.</param>
    /// <param name="site">The place of the statement.</param>
    public static (string Statement, string Local) Parse(string traceParent, string traceState, Compilation compilation, SnippetSite site)
    {
        var (type, local) = (site.Name(SpanTypes.Names.ActivityContext), site.Local("parent", "parentContext", "remoteParent"));
        return (HasRemoteTryParse(compilation)
            ? $"{type}.TryParse({traceParent}, {traceState}, isRemote: true, out var {local});"
            : Rebuilt(type, local, site.Local("parsed", "parsedContext")), local);

        string Rebuilt(string type, string local, string parsed)
            => $"var {local} = {type}.TryParse({traceParent}, {traceState}, out var {parsed}) ? {Remote(parsed, type)} : default;";
    }

    /// <summary>An expression that copies a context and marks the copy as remote.</summary>
    /// <param name="context">The name of the variable with the context.</param>
    /// <param name="type">The name of <c>ActivityContext</c> at this place.</param>
    public static string Remote(string context, string type)
        => $"new {type}({context}.TraceId, {context}.SpanId, {context}.TraceFlags, {context}.TraceState, isRemote: true)";
}
