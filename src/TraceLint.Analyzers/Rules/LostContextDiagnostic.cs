using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>What TL1004 says, and what it tells its fix.</summary>
internal static class LostContextDiagnostic
{
    /// <summary>The name of the variable that holds the span.</summary>
    public const string Span = nameof(Span);

    /// <summary>Set when the injection is skipped; then the first additional location is the condition.</summary>
    public const string IsSkipped = nameof(IsSkipped);

    /// <summary>The diagnostic: at the name of the call or header, with the condition and the start of the span as additional locations.</summary>
    public static Diagnostic Create(DiagnosticDescriptor rule, SyntaxNode name, Injection? injection, LostContext lost)
    {
        var location = (name is SimpleNameSyntax simple ? simple.Identifier.GetLocation() : name.GetLocation());
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (lost.Variable is { Name: var variable })
        {
            properties = properties.Add(Span, variable);
        }

        if (lost.IsSkipped)
        {
            properties = properties.Add(IsSkipped, "true");
        }

        var locations = new[] { lost.Guard, lost.Start }.OfType<SyntaxNode>().Select(static node => node.GetLocation());
        return Diagnostic.Create(rule, location, locations.Distinct(), properties, What(name, injection, lost), Whose(location, lost));
    }

    private static string What(SyntaxNode name, Injection? injection, LostContext lost)
    {
        var api = name is SimpleNameSyntax { Identifier.ValueText: var called } ? called : $"{name}";
        return lost.IsSkipped ? $"{api} is skipped" : injection is { IsHeader: true } ? $"{api} writes an empty header" : $"{api} writes nothing";
    }

    // Where the span comes from, unless it is on the very line that is reported.
    private static string Whose(Location location, LostContext lost)
    {
        var name = lost.Variable?.Name ?? "the span";
        return lost.Start?.GetLocation() is { } start && start.SourceTree == location.SourceTree && LineOf(start) is var line && line != LineOf(location)
            ? $"{name}, started on line {line}," : name;
    }

    private static int LineOf(Location location) => location.GetMappedLineSpan().StartLinePosition.Line + 1;
}
