using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Rules;

/// <summary>Code that, by its name, only looks at messages or discards them and does not process them.</summary>
internal static class OnlyLooks
{
    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        "browse", "clear", "drain", "dump", "empty", "flush", "health", "inspect", "peek", "ping", "preview", "probe", "purge", "view",
    };

    /// <summary>Whether a method or type around a node has such a name.</summary>
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

    // Whole words only: "Shipping" does not contain "ping".
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
