using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Rules;

/// <summary>Code that says by its name that it looks at messages, or throws them away, and processes none.</summary>
internal static class OnlyLooks
{
    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        "browse", "clear", "drain", "dump", "empty", "flush", "health", "inspect", "peek", "ping", "preview", "probe", "purge", "view",
    };

    /// <summary>Whether a method or a type around a node says so.</summary>
    public static bool Says(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            var name = ancestor switch
            {
                MethodDeclarationSyntax { Identifier.ValueText: var method } => method,
                LocalFunctionStatementSyntax { Identifier.ValueText: var function } => function,
                BaseTypeDeclarationSyntax { Identifier.ValueText: var type } => type,
                _ => "",
            };
            if (HasWord(name))
            {
                return true;
            }
        }

        return false;
    }

    // Shipping is no ping.
    private static bool HasWord(string name)
    {
        for (var start = 0; start < name.Length;)
        {
            var end = start + 1;
            while (end < name.Length && !char.IsUpper(name[end]))
            {
                end++;
            }

            if (s_words.Contains(name.Substring(start, end - start).TrimEnd('_')))
            {
                return true;
            }

            start = end;
        }

        return false;
    }
}
