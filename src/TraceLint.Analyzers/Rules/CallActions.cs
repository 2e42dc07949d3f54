using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>
/// How rules look at calls: by name, in an index of the tree that all of them share. A rule that registered for every call
/// itself would be asked about each one, thirty rules thirty times; here a file without the names costs a look-up a name.
/// </summary>
internal static class CallActions
{
    /// <summary>Has an action look at the calls of some names.</summary>
    /// <param name="names">The names, as they are written in the call.</param>
    /// <param name="action">Gets an <see cref="InvocationExpressionSyntax"/>.</param>
    public static void RegisterCallAction(this CompilationStartAnalysisContext context, IReadOnlyCollection<string> names, Action<NodeContext> action)
        => context.RegisterSemanticModelAction(file =>
        {
            if (SourceWords.StandIn(file.SemanticModel.SyntaxTree, names, file.CancellationToken))
            {
                Look(file, (_, _) => names, action);
            }
        });

    /// <summary>Has an action look at the calls of some names that are found out in the course of the analysis, or depend on the file.</summary>
    /// <param name="names">The names to look at in a file, given those that are called in it.</param>
    /// <param name="action">Gets an <see cref="InvocationExpressionSyntax"/>.</param>
    public static void RegisterCallAction(
        this CompilationStartAnalysisContext context, Func<IEnumerable<string>, CancellationToken, IEnumerable<string>> names, Action<NodeContext> action)
        => context.RegisterSemanticModelAction(file => Look(file, names, action));

    /// <summary>Has an action look at nodes of some kinds. Of the many that a file has, most are none of what it is about, as their syntax says.</summary>
    /// <param name="mayBe">Asked of every node of these kinds: names, numbers of arguments.</param>
    public static void RegisterNodeAction(this CompilationStartAnalysisContext context, Func<SyntaxNode, bool> mayBe, Action<NodeContext> action, params SyntaxKind[] kinds)
        => context.RegisterSyntaxNodeAction(
            node =>
            {
                if (mayBe(node.Node))
                {
                    action(node);
                }
            },
            kinds);

    private static void Look(SemanticModelAnalysisContext file, Func<IEnumerable<string>, CancellationToken, IEnumerable<string>> names, Action<NodeContext> action)
    {
        var calls = CallIndex.CallsIn(file.SemanticModel.SyntaxTree, file.CancellationToken);
        if (calls.Count == 0)
        {
            return;
        }

        foreach (var name in names(calls.Keys, file.CancellationToken))
        {
            if (!calls.TryGetValue(name, out var spans))
            {
                continue;
            }

            var root = file.SemanticModel.SyntaxTree.GetRoot(file.CancellationToken);
            foreach (var span in spans)
            {
                file.CancellationToken.ThrowIfCancellationRequested();
                if ((file.FilterSpan is not { } part || part.IntersectsWith(span))
                    && root.FindNode(span, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>(node => node.Span == span) is { } call)
                {
                    action(new NodeContext(call, file));
                }
            }
        }
    }
}
