using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>
/// How rules look at code: at calls by their names, and so on, in an index of the file that all of them share. A rule that registered for
/// nodes of some kinds itself would be asked about each one, thirty rules thirty times, and the compiler would walk every file for
/// it; here a file without the names costs a look-up a name.
/// </summary>
internal static class FileActions
{
    /// <summary>Has an action look at the calls of some names.</summary>
    /// <param name="names">The names, as they are written in the call.</param>
    /// <param name="action">Gets an <see cref="InvocationExpressionSyntax"/>.</param>
    public static void RegisterCallAction(this CompilationStartAnalysisContext context, IReadOnlyCollection<string> names, Action<NodeContext> action)
    {
        var words = SourceWords.HashesOf(names);
        context.RegisterSemanticModelAction(file =>
        {
            if (SourceWords.StandIn(file.SemanticModel.SyntaxTree, words, file.CancellationToken))
            {
                LookAtCalls(file, names, action);
            }
        });
    }

    /// <summary>Has an action look at the calls of some names that are found out in the course of the analysis.</summary>
    /// <param name="names">The names, as they are written in the call; asked once.</param>
    /// <param name="action">Gets an <see cref="InvocationExpressionSyntax"/>.</param>
    public static void RegisterCallAction(this CompilationStartAnalysisContext context, Func<CancellationToken, IReadOnlyCollection<string>> names, Action<NodeContext> action)
    {
        (IReadOnlyCollection<string> Names, int[] Words)? known = null;
        var gate = new object();
        context.RegisterSemanticModelAction(file =>
        {
            var found = Find(file.CancellationToken);
            if (SourceWords.StandIn(file.SemanticModel.SyntaxTree, found.Words, file.CancellationToken))
            {
                LookAtCalls(file, found.Names, action);
            }
        });

        (IReadOnlyCollection<string> Names, int[] Words) Find(CancellationToken cancellation)
        {
            lock (gate)
            {
                return known ??= names(cancellation) is var all ? (all, SourceWords.HashesOf(all)) : default;
            }
        }
    }

    /// <summary>Has an action look at the calls of those names that are called in a file and worth it.</summary>
    /// <param name="among">The names to look at in a file, of those that are called in it.</param>
    /// <param name="action">Gets an <see cref="InvocationExpressionSyntax"/>.</param>
    public static void RegisterCallAction(this CompilationStartAnalysisContext context, Func<IEnumerable<string>, IEnumerable<string>> among, Action<NodeContext> action)
        => context.RegisterSemanticModelAction(file =>
        {
            if (IndexOf(file).Calls is { Count: > 0 } calls)
            {
                LookAtCalls(file, among(calls.Keys), action);
            }
        });

    /// <summary>Has an action look at the objects that are made of types of some names.</summary>
    /// <param name="names">The names, without namespaces; none for <c>new(a, b)</c>.</param>
    /// <param name="action">Gets a <see cref="BaseObjectCreationExpressionSyntax"/>.</param>
    public static void RegisterCreationAction(this CompilationStartAnalysisContext context, IReadOnlyCollection<string> names, Action<NodeContext> action)
        => context.RegisterSemanticModelAction(file =>
        {
            var creations = IndexOf(file).Creations;
            foreach (var name in names)
            {
                if (creations.TryGetValue(name, out var spans))
                {
                    LookAt<BaseObjectCreationExpressionSyntax>(file, spans, action);
                }
            }
        });

    /// <summary>Has an action look at the entries that are set in dictionaries and the like, if their keys are of some names.</summary>
    /// <param name="isKey">Asked of the text of a key, or the last name in it.</param>
    /// <param name="action">Gets an <see cref="AssignmentExpressionSyntax"/> or an <see cref="InitializerExpressionSyntax"/>.</param>
    public static void RegisterEntryAction(this CompilationStartAnalysisContext context, Func<string, bool> isKey, Action<NodeContext> action)
        => context.RegisterSemanticModelAction(file =>
        {
            foreach (var entries in IndexOf(file).Entries)
            {
                if (isKey(entries.Key))
                {
                    LookAt<ExpressionSyntax>(file, entries.Value, action, static node => FileIndex.KeyOf(node) is not null);
                }
            }
        });

    /// <summary>Has an action look at the loops that may have no end.</summary>
    /// <param name="action">Gets a <see cref="StatementSyntax"/>.</param>
    public static void RegisterLoopAction(this CompilationStartAnalysisContext context, Action<NodeContext> action)
        => context.RegisterSemanticModelAction(file => LookAt<StatementSyntax>(file, IndexOf(file).Loops, action));

    /// <summary>Has an action look at nodes of some kinds, in files that have one word of some at least: these are walked once more.</summary>
    /// <param name="words">The words.</param>
    /// <param name="mayBe">Asked of every node of these kinds: names, numbers of arguments.</param>
    public static void RegisterNodeAction(
        this CompilationStartAnalysisContext context, IReadOnlyCollection<string> words, Func<SyntaxNode, bool> mayBe, Action<NodeContext> action, params SyntaxKind[] kinds)
    {
        var hashes = SourceWords.HashesOf(words);
        context.RegisterSemanticModelAction(file =>
        {
            if (!SourceWords.StandIn(file.SemanticModel.SyntaxTree, hashes, file.CancellationToken))
            {
                return;
            }

            var root = file.SemanticModel.SyntaxTree.GetRoot(file.CancellationToken);
            foreach (var node in root.DescendantNodes(file.FilterSpan ?? root.FullSpan))
            {
                if (Array.IndexOf(kinds, node.Kind()) >= 0 && mayBe(node))
                {
                    file.CancellationToken.ThrowIfCancellationRequested();
                    action(new NodeContext(node, file));
                }
            }
        });
    }

    private static FileIndex IndexOf(SemanticModelAnalysisContext file) => FileIndex.Of(file.SemanticModel.SyntaxTree, file.CancellationToken);

    private static void LookAtCalls(SemanticModelAnalysisContext file, IEnumerable<string> names, Action<NodeContext> action)
    {
        var calls = IndexOf(file).Calls;
        foreach (var name in names)
        {
            if (calls.TryGetValue(name, out var spans))
            {
                LookAt<InvocationExpressionSyntax>(file, spans, action);
            }
        }
    }

    private static void LookAt<TNode>(SemanticModelAnalysisContext file, IReadOnlyList<TextSpan> spans, Action<NodeContext> action, Func<TNode, bool>? isIt = null)
        where TNode : SyntaxNode
    {
        if (spans.Count == 0)
        {
            return;
        }

        var root = file.SemanticModel.SyntaxTree.GetRoot(file.CancellationToken);
        foreach (var span in spans)
        {
            file.CancellationToken.ThrowIfCancellationRequested();
            if ((file.FilterSpan is not { } part || part.IntersectsWith(span))
                && root.FindNode(span, getInnermostNodeForTie: true).FirstAncestorOrSelf<TNode>(node => node.Span == span && isIt?.Invoke(node) is not false) is { } node)
            {
                action(new NodeContext(node, file));
            }
        }
    }
}
