using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Flow;

/// <summary>
/// Where in a compilation something is called, by the name it is called with. A tree is read once, for all rules: edits in
/// the IDE leave all other trees, and what was read of them, as they are. Only positions are kept, so that no tree is held
/// in memory for it.
/// </summary>
internal static class CallIndex
{
    private static readonly ConditionalWeakTable<SyntaxTree, Dictionary<string, List<TextSpan>>> s_trees = new();

    /// <summary>The calls in a tree, by name, in the order in which they stand there.</summary>
    public static IReadOnlyDictionary<string, List<TextSpan>> CallsIn(SyntaxTree tree, CancellationToken cancellation)
        => s_trees.TryGetValue(tree, out var known) ? known : Keep(tree, cancellation);

    /// <summary>The calls of a name.</summary>
    /// <param name="name">The name of the method, as it is written in the call.</param>
    public static IEnumerable<IInvocationOperation> CallsOf(string name, SourceModels models, CancellationToken cancellation)
    {
        foreach (var tree in models.Compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            if (CallsOf(name, tree, cancellation) is { } spans)
            {
                var model = models.Of(tree);
                var root = tree.GetRoot(cancellation);
                foreach (var span in spans)
                {
                    if (model.GetOperation(root.FindNode(span, getInnermostNodeForTie: true), cancellation) is IInvocationOperation call)
                    {
                        yield return call;
                    }
                }
            }
        }
    }

    /// <summary>The first place where a word stands, whatever it is there; null when it is nowhere.</summary>
    public static Location? FirstWord(string word, SourceModels models, CancellationToken cancellation)
    {
        foreach (var tree in models.Compilation.SyntaxTrees)
        {
            var text = tree.GetText(cancellation).ToString();
            if (HasWord(text, word))
            {
                return Location.Create(tree, new TextSpan(text.IndexOf(word, StringComparison.Ordinal), word.Length));
            }
        }

        return null;
    }

    /// <summary>Where a name stands that is not called there: a method that is handed on, or something else of that name.</summary>
    public static IEnumerable<IdentifierNameSyntax> MentionsOf(string name, SourceModels models, CancellationToken cancellation)
    {
        foreach (var tree in models.Compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!HasWord(tree.GetText(cancellation).ToString(), name))
            {
                continue;
            }

            foreach (var node in tree.GetRoot(cancellation).DescendantNodes())
            {
                if (node is IdentifierNameSyntax { Identifier.ValueText: var text } identifier && text == name
                    && (identifier.Parent is MemberAccessExpressionSyntax access && access.Name == identifier ? access : (SyntaxNode)identifier).Parent is not InvocationExpressionSyntax)
                {
                    yield return identifier;
                }
            }
        }
    }

    // Most trees never have the name. In one that nobody has asked about, looking for it in the text costs a hundredth of
    // looking at every node.
    private static List<TextSpan>? CallsOf(string name, SyntaxTree tree, CancellationToken cancellation)
    {
        if (!s_trees.TryGetValue(tree, out var calls))
        {
            if (!HasWord(tree.GetText(cancellation).ToString(), name))
            {
                return null;
            }

            calls = Keep(tree, cancellation);
        }

        return calls.TryGetValue(name, out var spans) ? spans : null;
    }

    private static Dictionary<string, List<TextSpan>> Keep(SyntaxTree tree, CancellationToken cancellation)
    {
        var calls = Read(tree, cancellation);
        return s_trees.GetValue(tree, _ => calls);
    }

    private static bool HasWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if ((at == 0 || !SyntaxFacts.IsIdentifierPartCharacter(text[at - 1])) && (end == text.Length || !SyntaxFacts.IsIdentifierPartCharacter(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static Dictionary<string, List<TextSpan>> Read(SyntaxTree tree, CancellationToken cancellation)
    {
        var calls = new Dictionary<string, List<TextSpan>>(StringComparer.Ordinal);
        foreach (var node in tree.GetRoot(cancellation).DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && call.CalledName() is { Identifier.ValueText: var name })
            {
                if (!calls.TryGetValue(name, out var spans))
                {
                    calls.Add(name, spans = []);
                }

                spans.Add(call.Span);
            }
        }

        return calls;
    }
}
