using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Editing;

/// <summary>Adds usings to those of a file or a namespace.</summary>
/// <param name="config">The .editorconfig options of the file.</param>
/// <param name="lineEnd">The line ending of the file.</param>
internal sealed class UsingList(AnalyzerConfigOptions? config, SyntaxTrivia lineEnd)
{
    /// <summary>Adds namespaces in the order of the existing usings, or at the end when these have no order.</summary>
    public SyntaxList<UsingDirectiveSyntax> Add(SyntaxList<UsingDirectiveSyntax> usings, IEnumerable<string> namespaces)
    {
        var indentation = usings[0].GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space]
            ? SyntaxFactory.TriviaList(space)
            : default;
        var order = UsingOrder.Of(usings, config);
        var hasGroups = usings.Skip(1).Any(static directive => UsingOrder.IsPlain(directive) && StartsGroup(directive));
        foreach (var name in namespaces)
        {
            var index = usings.TakeWhile(existing => Precedes(existing, name, order)).Count();
            while (index > 0 && IsConditional(usings, index))
            {
                index--;
            }

            var added = Directive(name);
            var isApart = hasGroups && index > 0 && UsingOrder.IsPlain(usings[index - 1]) && !IsOfGroup(usings[index - 1], name);
            var leading = isApart ? indentation.Insert(0, lineEnd) : indentation;
            if (index == 0 || (isApart && index < usings.Count && UsingOrder.IsPlain(usings[index]) && IsOfGroup(usings[index], name)))
            {
                // The trivia above the first using, such as the header of the file, stays on top.
                var next = usings[index];
                var (above, below) = SplitAtCondition(next.GetLeadingTrivia());
                leading = below is null ? above : leading.InsertRange(0, above);
                usings = usings.Replace(next, next.WithLeadingTrivia(below ?? indentation));
            }

            usings = usings.Insert(index, added.WithLeadingTrivia(leading));
        }

        return usings;
    }

    /// <summary>A using directive for a namespace.</summary>
    public UsingDirectiveSyntax Directive(string name)
        => SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(name).WithLeadingTrivia(SyntaxFactory.Space)).WithTrailingTrivia(lineEnd);

    private static bool Precedes(UsingDirectiveSyntax existing, string name, UsingOrder? order)
        => existing.GlobalKeyword.RawKind != 0
            || (UsingOrder.IsPlain(existing) && (order is null || order.Compare(existing.Name!.ToString(), name) < 0));

    private static bool StartsGroup(UsingDirectiveSyntax directive)
        => directive.GetLeadingTrivia() is [{ RawKind: (int)SyntaxKind.EndOfLineTrivia }, ..];

    private static bool IsOfGroup(UsingDirectiveSyntax directive, string name) => RootOf(directive.Name!.ToString()) == RootOf(name);

    private static string RootOf(string name) => name.Split('.')[0];

    // Whether a using at this index would be between #if and #endif.
    private static bool IsConditional(SyntaxList<UsingDirectiveSyntax> usings, int index)
    {
        var depth = 0;
        foreach (var directive in usings.Take(index).SelectMany(static directive => directive.GetLeadingTrivia()))
        {
            depth += directive.Kind() switch { SyntaxKind.IfDirectiveTrivia => 1, SyntaxKind.EndIfDirectiveTrivia => -1, _ => 0 };
        }

        return depth > 0;
    }

    // A using that is inserted at the top goes above an #if.
    private static (SyntaxTriviaList Above, SyntaxTriviaList? Below) SplitAtCondition(SyntaxTriviaList leading)
    {
        for (var i = 0; i < leading.Count; i++)
        {
            if (leading[i].IsKind(SyntaxKind.IfDirectiveTrivia))
            {
                return (SyntaxFactory.TriviaList(leading.Take(i)), SyntaxFactory.TriviaList(leading.Skip(i)));
            }
        }

        return (leading, null);
    }
}
