using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>
/// Spans that have happened, put together again to be stored, shown or sent on: exporters, importers, converters of other
/// formats. Nothing runs under them, so that their parents and flags are whatever the format says.
/// </summary>
internal static class ForeignSpans
{
    private static readonly string[] s_words = ["Backfill", "Converter", "Exporter", "Importer", "Jaeger", "Otlp", "Replay", "Translator", "Zipkin"];
    private static readonly HashSet<string> s_pastTimes = new(StringComparer.Ordinal) { "SetEndTime", "SetStartTime" };

    /// <summary>Whether code is about them: the method or a type around it says so, or the method sets the times of spans.</summary>
    public static bool AreMadeAt(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            if (ancestor is MethodDeclarationSyntax { Identifier.ValueText: var method } ? SaysSo(method)
                : ancestor is BaseTypeDeclarationSyntax { Identifier.ValueText: var type } && SaysSo(type))
            {
                return true;
            }
        }

        foreach (var inner in EnclosingBody.Of(node)?.DescendantNodes() ?? [])
        {
            if ((inner is InvocationExpressionSyntax call && call.CalledName() is { Identifier.ValueText: var name } && s_pastTimes.Contains(name))
                || inner is ArgumentSyntax { NameColon.Name.Identifier.ValueText: "startTime" })
            {
                return true;
            }
        }

        return false;
    }

    private static bool SaysSo(string name) => Array.Exists(s_words, word => name.IndexOf(word, StringComparison.Ordinal) >= 0);
}
