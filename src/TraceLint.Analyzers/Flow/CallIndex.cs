using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Flow;

/// <summary>
/// Where in a compilation something is called, by the name it is called with. A tree is read when it is first asked for
/// and never again: edits in the IDE leave all other trees, and what was read of them, as they are. Only positions are
/// kept, so that no tree is held in memory for it.
/// </summary>
internal static class CallIndex
{
    private static readonly ConditionalWeakTable<SyntaxTree, Dictionary<string, ImmutableArray<TextSpan>>> s_trees = new();

    /// <summary>The calls of a name.</summary>
    /// <param name="name">The name of the method, as it is written in the call.</param>
    public static IEnumerable<IInvocationOperation> CallsOf(string name, SourceModels models, CancellationToken cancellation)
    {
        foreach (var tree in models.Compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!s_trees.TryGetValue(tree, out var calls))
            {
                calls = Read(tree, cancellation);
                calls = s_trees.GetValue(tree, _ => calls);
            }

            if (calls.TryGetValue(name, out var spans))
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

    private static Dictionary<string, ImmutableArray<TextSpan>> Read(SyntaxTree tree, CancellationToken cancellation)
    {
        var calls = new Dictionary<string, ImmutableArray<TextSpan>>(StringComparer.Ordinal);
        foreach (var node in tree.GetRoot(cancellation).DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && call.CalledName() is { Identifier.ValueText: var name })
            {
                calls[name] = (calls.TryGetValue(name, out var spans) ? spans : ImmutableArray<TextSpan>.Empty).Add(call.Span);
            }
        }

        return calls;
    }
}
