using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Configuration;

namespace TraceLint.Snippets;

/// <summary>Turns the C# template of a declaration into code to insert: replaces its words and imports its types.</summary>
internal static class DeclaredTemplate
{
    /// <summary>The statements of a template.</summary>
    /// <param name="words">The words and the expressions that replace them.</param>
    public static IReadOnlyList<string> Statements(string template, SnippetSite site, params (string Word, string Text)[] words)
        => [.. CodeTemplate.Statements(template).Select(statement => Filled(statement, site, words))];

    /// <summary>The expression of a template, with fully qualified types.</summary>
    /// <inheritdoc cref="Statements"/>
    public static string Expression(string template, params (string Word, string Text)[] words)
        => Filled(CodeTemplate.Expression(template), site: null, words);

    private static string Filled(SyntaxNode code, SnippetSite? site, (string Word, string Text)[] words)
    {
        var filled = new Dictionary<SyntaxNode, string>();
        foreach (var (word, text) in words)
        {
            foreach (var use in CodeTemplate.Uses(code, word))
            {
                filled.Add(use, text);
            }
        }

        var members = code.DescendantNodes().OfType<MemberAccessExpressionSyntax>();
        foreach (var access in members.Where(static access => access.Parent is MemberAccessExpressionSyntax))
        {
            if (!access.DescendantNodesAndSelf().Any(filled.ContainsKey) && site?.TypeNamed(access.ToString()) is { } type)
            {
                filled[access] = site.Name(type);
            }
        }

        foreach (var creation in code.DescendantNodesAndSelf().OfType<ObjectCreationExpressionSyntax>())
        {
            if (site?.TypeNamed(creation.Type.ToString()) is { } type)
            {
                filled[creation.Type] = site.NameAfterNew(type);
            }
        }

        var whole = code.ReplaceNodes(filled.Keys, (original, _) => original is TypeSyntax
            ? SyntaxFactory.ParseTypeName(filled[original]).WithTriviaFrom(original)
            : SyntaxFactory.ParseExpression(filled[original]).WithTriviaFrom(original));
        return whole.ToString().Trim();
    }
}
