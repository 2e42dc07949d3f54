using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>What TL1004 says.</summary>
internal static class LostContextDiagnostic
{
    /// <summary>The diagnostic: at the name of the call or header, with the condition and the start of the span as additional locations.</summary>
    public static Diagnostic Create(DiagnosticDescriptor rule, SyntaxNode name, Injection? injection, LostContext lost)
    {
        var location = name is SimpleNameSyntax simple ? simple.Identifier.GetLocation() : name.GetLocation();
        var locations = new[] { lost.Guard, lost.Start }.OfType<SyntaxNode>().Select(static node => node.GetLocation());
        return Diagnostic.Create(rule, location, locations.Distinct(), properties: null, What(name, injection, lost), Whose(location, lost));
    }

    private static string What(SyntaxNode name, Injection? injection, LostContext lost)
    {
        if (name is SimpleNameSyntax { Identifier.ValueText: var called } && name != injection?.NameOperand)
        {
            return lost.IsSkipped ? $"{called} is skipped" : injection?.Header is { } header ? $"{called} writes an empty {header}" : $"{called} writes nothing";
        }

        return lost.IsSkipped ? $"{injection?.Header} is not written" : $"{injection?.Header} is written empty";
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
