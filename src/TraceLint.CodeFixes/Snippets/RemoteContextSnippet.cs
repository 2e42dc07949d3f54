using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Snippets;

/// <summary>Code that makes a remote context, one that came from another process.</summary>
internal static class RemoteContextSnippet
{
    /// <summary>Whether <c>TryParse</c> can be told that what it parses is remote: since DiagnosticSource 7.</summary>
    public static bool HasRemoteTryParse(Compilation compilation)
        => compilation.TypeNamed(SpanTypes.Names.ActivityContext) is { } type
            && type.GetMembers("TryParse").Any(static member => member is IMethodSymbol { Parameters.Length: 4 });

    /// <summary>The statement that parses a text into a new local; where the text is no context, the local is empty.</summary>
    /// <param name="traceParent">The text, an expression.</param>
    /// <param name="traceState">The state that belongs to it, an expression.</param>
    /// <param name="compilation">What the statement is compiled with.</param>
    /// <param name="site">Where the statement goes.</param>
    public static (string Statement, string Local) Parse(string traceParent, string traceState, Compilation compilation, SnippetSite site)
    {
        var (type, local) = (site.Name(SpanTypes.Names.ActivityContext), site.Local("parent", "parentContext", "remoteParent"));
        return (HasRemoteTryParse(compilation)
            ? $"{type}.TryParse({traceParent}, {traceState}, isRemote: true, out var {local});"
            : Rebuilt(type, local, site.Local("parsed", "parsedContext")), local);

        string Rebuilt(string type, string local, string parsed)
            => $"var {local} = {type}.TryParse({traceParent}, {traceState}, out var {parsed}) ? {Remote(parsed, type)} : default;";
    }

    /// <summary>A context again, as one that is remote.</summary>
    /// <param name="context">The context, a name.</param>
    /// <param name="type">How <c>ActivityContext</c> is written.</param>
    public static string Remote(string context, string type)
        => $"new {type}({context}.TraceId, {context}.SpanId, {context}.TraceFlags, {context}.TraceState, isRemote: true)";
}
