using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static TraceLint.Configuration.Declaration;

namespace TraceLint.Configuration;

/// <summary>C# code in a declaration, in which fixes replace the words <c>carrier</c>, <c>key</c> and <c>value</c>.</summary>
internal static class CodeTemplate
{
    private const int MaxLength = 300;

    /// <summary>Why the value of a part is invalid; null when it is valid.</summary>
    public static string? ProblemIn(string part, string text) => part switch
    {
        _ when text.Length == 0 => $"'{part}' is empty",
        PartNames.Carrier
            => Array.TrueForAll(text.Split('.'), SyntaxFacts.IsValidIdentifier)
                ? null
                : $"{Quote.Text(text)} is not a path; write a parameter or a member of one, as in envelope.Headers",
        _ when text.Length > MaxLength => $"'{part}' is longer than {MaxLength} characters",
        PartNames.Write => ProblemIn(part, Statements(text), "carrier", "key", "value"),
        PartNames.Read => ProblemIn(part, [Expression(text)], "carrier", "key"),
        _ => ProblemIn(part, [Expression(text)]),
    };

    /// <summary>The statements of a template, which are separated by semicolons; empty when they do not parse.</summary>
    public static IReadOnlyList<SyntaxNode> Statements(string text)
        => SyntaxFactory.ParseStatement($"{{ {text.TrimEnd().TrimEnd(';')}; }}") is BlockSyntax { ContainsDiagnostics: false } block
            ? [.. block.Statements.Select(static statement => (SyntaxNode)statement)]
            : [];

    public static ExpressionSyntax Expression(string text) => SyntaxFactory.ParseExpression(text);

    /// <summary>The uses of a word in a template, except as the name of a member.</summary>
    public static IEnumerable<IdentifierNameSyntax> Uses(SyntaxNode template, string word)
        => template.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == word
            && !(name.Parent is MemberAccessExpressionSyntax { Name: var member } && member == name));

    /// <summary>The carrier's method that takes a word as an argument, and the argument's index; null when there is none.</summary>
    public static (string Name, int Argument)? CallThatTakes(string word, string template)
    {
        var nodes = Statements(template).SelectMany(static statement => statement.DescendantNodes());
        foreach (var call in nodes.OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is MemberAccessExpressionSyntax
                {
                    Expression: IdentifierNameSyntax { Identifier.ValueText: "carrier" },
                    Name.Identifier.ValueText: not "Remove" and var name,
                }
                && call.ArgumentList.Arguments.IndexOf(IsWord) is var index and >= 0)
            {
                return (name, index);
            }
        }

        return null;

        bool IsWord(ArgumentSyntax argument)
            => argument.Expression is IdentifierNameSyntax { Identifier.ValueText: var given } && given == word;
    }

    private static string? ProblemIn(string part, IReadOnlyList<SyntaxNode> code, params string[] words)
    {
        if (code.Count == 0 || code.Any(static node => node.ContainsDiagnostics || node.ContainsDirectives || node.IsMissing))
        {
            return $"'{part}' is not valid C#";
        }

        return Array.Find(words, word => !code.Any(node => Uses(node, word).Any())) is { } missing
            ? $"'{part}' has to use '{missing}'"
            : null;
    }
}
