using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static TraceLint.Configuration.Declaration;

namespace TraceLint.Configuration;

/// <summary>The C# of a declaration, in which the words carrier, key and value stand for what a fix has at hand.</summary>
internal static class CodeTemplate
{
    private const int MaxLength = 300;

    /// <summary>Why the value of a part is none; null when it is one.</summary>
    public static string? ProblemIn(string part, string text) => part switch
    {
        _ when text.Length == 0 => $"'{part}' is empty",
        PartNames.Carrier => Array.TrueForAll(text.Split('.'), SyntaxFacts.IsValidIdentifier) ? null : $"'{text}' is no path: a parameter, or one with members, as in envelope.Headers",
        _ when text.Length > MaxLength => $"'{part}' is too long",
        PartNames.Write => ProblemIn(part, Statements(text), "carrier", "key", "value"),
        PartNames.Read => ProblemIn(part, [Expression(text)], "carrier", "key"),
        _ => ProblemIn(part, [Expression(text)]),
    };

    /// <summary>The statements of a text, which semicolons separate.</summary>
    public static IReadOnlyList<SyntaxNode> Statements(string text)
        => SyntaxFactory.ParseStatement($"{{ {text.TrimEnd().TrimEnd(';')}; }}") is BlockSyntax { ContainsDiagnostics: false } block ? [.. block.Statements.Select(static statement => (SyntaxNode)statement)] : [];

    public static ExpressionSyntax Expression(string text) => SyntaxFactory.ParseExpression(text);

    /// <summary>Where a word stands for itself in a template, and not for a member.</summary>
    public static IEnumerable<IdentifierNameSyntax> Uses(SyntaxNode template, string word)
        => template.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == word
            && !(name.Parent is MemberAccessExpressionSyntax { Name: var member } && member == name));

    /// <summary>The method of the carrier that takes a word, and as which argument; null when none does.</summary>
    public static (string Name, int Argument)? CallThatTakes(string word, string template)
    {
        foreach (var call in Statements(template).SelectMany(static statement => statement.DescendantNodes()).OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "carrier" }, Name.Identifier.ValueText: var name }
                && name != "Remove" && call.ArgumentList.Arguments.IndexOf(argument => argument.Expression is IdentifierNameSyntax { Identifier.ValueText: var given } && given == word) is var index and >= 0)
            {
                return (name, index);
            }
        }

        return null;
    }

    private static string? ProblemIn(string part, IReadOnlyList<SyntaxNode> code, params string[] words)
    {
        if (code.Count == 0 || code.Any(static node => node.ContainsDiagnostics || node.ContainsDirectives || node.IsMissing))
        {
            return $"'{part}' is not C#";
        }

        return Array.Find(words, word => !code.Any(node => Uses(node, word).Any())) is { } missing ? $"'{part}' does not say where the {missing} goes" : null;
    }
}
