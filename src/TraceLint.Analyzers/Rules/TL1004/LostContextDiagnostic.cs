using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>The message of TL1004.</summary>
internal static class LostContextDiagnostic
{
    /// <summary>
    /// The diagnostic: at the name of the call or header, with the condition and the start of the span as additional locations.
    /// </summary>
    /// <param name="rule">The rule that reports it.</param>
    /// <param name="name">The name in the call, or that of the header.</param>
    /// <param name="called">The name of the called method, as a message shows it.</param>
    /// <param name="injection">The injection; null when a method that injects is called.</param>
    /// <param name="lost">How the context is lost.</param>
    public static Diagnostic Create(DiagnosticDescriptor rule, SyntaxNode name, string? called, Injection? injection, LostContext lost)
    {
        var location = name is SimpleNameSyntax simple ? simple.Identifier.GetLocation() : name.GetLocation();
        var locations = new[] { lost.Guard, lost.Start }.OfType<SyntaxNode>().Select(static node => node.GetLocation());
        var what = What(name, called, injection, lost);
        return Diagnostic.Create(rule, location, locations.Distinct(), properties: null, what, Whose(location, lost));
    }

    private static string What(SyntaxNode name, string? called, Injection? injection, LostContext lost)
    {
        var header = injection?.Header is { } written ? MessageText.Cut(written) : null;
        if (name is SimpleNameSyntax && name != injection?.NameOperand)
        {
            return lost.IsSkipped ? $"{called} is skipped"
                : header is not null ? $"{called} writes an empty {header}"
                : $"{called} writes nothing";
        }

        return lost.IsSkipped ? $"{header} is not written" : $"{header} is written empty";
    }

    // Says where the span is started, unless that is the reported line.
    private static string Whose(Location location, LostContext lost)
    {
        var name = lost.Variable?.Name is { } variable ? MessageText.Quoted(variable) : "the span";
        return lost.Start?.GetLocation() is { } start && start.SourceTree == location.SourceTree
            && LineOf(start) is var line && line != LineOf(location)
                ? $"{name} (started on line {line})" : name;
    }

    private static int LineOf(Location location) => location.GetMappedLineSpan().StartLinePosition.Line + 1;
}
