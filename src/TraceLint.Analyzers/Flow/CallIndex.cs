using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Flow;

/// <summary>Where in a compilation something is called, by the name it is called with. Most files never have the name; the others are walked once (<see cref="FileIndex"/>).</summary>
internal static class CallIndex
{
    /// <summary>The calls of a name.</summary>
    /// <param name="name">The name of the method, as it is written in the call.</param>
    public static IEnumerable<IInvocationOperation> CallsOf(string name, CompilationContext context, CancellationToken cancellation)
    {
        foreach (var call in SyntaxOf(name, context, cancellation))
        {
            if (context.Of(call.SyntaxTree).GetOperation(call, cancellation) is IInvocationOperation operation)
            {
                yield return operation;
            }
        }
    }

    /// <summary>The same as syntax: whoever can tell from what is around a call that it does not matter saves its body from being bound.</summary>
    /// <inheritdoc cref="CallsOf(string, CompilationContext, CancellationToken)"/>
    public static IEnumerable<SyntaxNode> SyntaxOf(string name, CompilationContext context, CancellationToken cancellation)
    {
        foreach (var tree in context.Compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            if (CallsOf(name, tree, cancellation) is { } spans)
            {
                var root = tree.GetRoot(cancellation);
                foreach (var span in spans)
                {
                    yield return root.FindNode(span, getInnermostNodeForTie: true);
                }
            }
        }
    }

    /// <summary>The first place where a word stands, whatever it is there; null when it is nowhere.</summary>
    public static Location? FirstWord(string word, CompilationContext context, CancellationToken cancellation)
    {
        foreach (var tree in context.Compilation.SyntaxTrees)
        {
            if (SourceWords.StandsIn(tree, word, cancellation) && tree.GetText(cancellation).ToString().IndexOf(word, StringComparison.Ordinal) is var start and >= 0)
            {
                return Location.Create(tree, new TextSpan(start, word.Length));
            }
        }

        return null;
    }

    /// <summary>Where a name stands that is not called there: a method that is handed on, or something else of that name.</summary>
    public static IEnumerable<IdentifierNameSyntax> MentionsOf(string name, CompilationContext context, CancellationToken cancellation)
    {
        foreach (var tree in context.Compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!SourceWords.StandsIn(tree, name, cancellation))
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

    // Most trees never have the name.
    private static List<TextSpan>? CallsOf(string name, SyntaxTree tree, CancellationToken cancellation)
        => SourceWords.StandsIn(tree, name, cancellation) && FileIndex.Of(tree, cancellation).Calls.TryGetValue(name, out var spans) ? spans : null;
}
