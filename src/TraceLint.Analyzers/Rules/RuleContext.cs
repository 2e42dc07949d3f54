using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>
/// One rule in one compilation: what is known there, and the actions that the rule registers. Rules register for names, not for
/// syntax kinds: names are found in an index of the file that all rules share, so a file without them costs one look-up per name.
/// </summary>
/// <param name="context">What is known about the compilation, with the settings of this rule.</param>
internal sealed class RuleContext(CompilationContext context, CancellationToken cancellation)
{
    private readonly List<Action<FileContext>> _fileActions = [];

    public CompilationContext CompilationContext => context;

    public Compilation Compilation => context.Compilation;

    public CancellationToken CancellationToken => cancellation;

    /// <summary>The actions for each file.</summary>
    public IReadOnlyList<Action<FileContext>> FileActions => _fileActions;

    /// <summary>The action for each additional file; null when there is none.</summary>
    public Action<AdditionalFileAnalysisContext>? AdditionalFileAction { get; private set; }

    /// <summary>Registers an action for each file.</summary>
    public void RegisterFileAction(Action<FileContext> action) => _fileActions.Add(action);

    /// <summary>Registers the action for additional files.</summary>
    public void RegisterAdditionalFileAction(Action<AdditionalFileAnalysisContext> action) => AdditionalFileAction = action;

    /// <summary>Registers an action for the calls of some names.</summary>
    /// <param name="names">The names, as they are written in the call.</param>
    /// <param name="action">Gets an <see cref="InvocationExpressionSyntax"/>.</param>
    public void RegisterCallAction(IReadOnlyCollection<string> names, Action<NodeContext> action)
    {
        var words = SourceWords.HashesOf(names);
        RegisterFileAction(file =>
        {
            if (SourceWords.StandIn(file.Tree, words, file.CancellationToken))
            {
                VisitCalls(file, names, action);
            }
        });
    }

    /// <summary>Registers an action for calls of names that are not known yet: those of wrappers, which are found on demand.</summary>
    /// <param name="names">The names, as they are written in the call; asked once.</param>
    /// <param name="action">Gets an <see cref="InvocationExpressionSyntax"/>.</param>
    public void RegisterCallAction(Func<CancellationToken, IReadOnlyCollection<string>> names, Action<NodeContext> action)
    {
        (IReadOnlyCollection<string> Names, int[] Words)? known = null;
        var gate = new object();
        RegisterFileAction(file =>
        {
            var found = Find(file.CancellationToken);
            if (SourceWords.StandIn(file.Tree, found.Words, file.CancellationToken))
            {
                VisitCalls(file, found.Names, action);
            }
        });

        (IReadOnlyCollection<string> Names, int[] Words) Find(CancellationToken token)
        {
            lock (gate)
            {
                return known ??= names(token) is var all ? (all, SourceWords.HashesOf(all)) : default;
            }
        }
    }

    /// <summary>Registers an action for the calls of those names in a file that a filter accepts.</summary>
    /// <param name="among">The names to look at, of those that are called in the file.</param>
    /// <param name="action">Gets an <see cref="InvocationExpressionSyntax"/>.</param>
    public void RegisterCallAction(Func<FileIndex, IEnumerable<string>> among, Action<NodeContext> action)
        => RegisterFileAction(file =>
        {
            if (file.Index.Calls.Count > 0)
            {
                VisitCalls(file, among(file.Index), action);
            }
        });

    /// <summary>Registers an action for the creation of objects whose types have some names.</summary>
    /// <param name="names">The names, without namespaces; the empty one for <c>new(a, b)</c>.</param>
    /// <param name="action">Gets a <see cref="BaseObjectCreationExpressionSyntax"/>.</param>
    public void RegisterCreationAction(IReadOnlyCollection<string> names, Action<NodeContext> action)
        => RegisterFileAction(file =>
        {
            foreach (var name in names)
            {
                if (file.Index.Creations.TryGetValue(name, out var spans))
                {
                    Visit<BaseObjectCreationExpressionSyntax>(file, spans, action);
                }
            }
        });

    /// <summary>Registers an action for entries that are set in dictionaries and similar collections.</summary>
    /// <param name="isKey">Asked about the text of a key, or the last name in it.</param>
    /// <param name="action">Gets an <see cref="AssignmentExpressionSyntax"/> or an <see cref="InitializerExpressionSyntax"/>.</param>
    public void RegisterEntryAction(Func<string, bool> isKey, Action<NodeContext> action)
        => RegisterFileAction(file =>
        {
            foreach (var entries in file.Index.Entries)
            {
                if (isKey(entries.Key))
                {
                    Visit<ExpressionSyntax>(file, entries.Value, action, static node => FileIndex.KeyOf(node) is not null);
                }
            }
        });

    /// <summary>Registers an action for loops that may be endless.</summary>
    /// <param name="action">Gets a <see cref="StatementSyntax"/>.</param>
    public void RegisterLoopAction(Action<NodeContext> action)
        => RegisterFileAction(file => Visit<StatementSyntax>(file, file.Index.Loops, action));

    /// <summary>Registers an action for using statements, using declarations, and try statements with a finally.</summary>
    /// <param name="action">Gets a <see cref="StatementSyntax"/>.</param>
    public void RegisterScopeAction(Action<NodeContext> action)
        => RegisterFileAction(file => Visit<StatementSyntax>(file, file.Index.Scopes, action));

    /// <summary>
    /// Registers an action for nodes of some syntax kinds, in files that contain one of some words: these files are walked once more.
    /// </summary>
    /// <param name="words">The words.</param>
    /// <param name="mayBe">Filters the nodes of these kinds by their syntax alone.</param>
    /// <param name="action">Gets a node of one of the kinds.</param>
    /// <param name="kinds">The syntax kinds.</param>
    public void RegisterNodeAction(
        IReadOnlyCollection<string> words, Func<SyntaxNode, bool> mayBe, Action<NodeContext> action, params SyntaxKind[] kinds)
    {
        var hashes = SourceWords.HashesOf(words);
        RegisterFileAction(file =>
        {
            if (!SourceWords.StandIn(file.Tree, hashes, file.CancellationToken))
            {
                return;
            }

            var root = file.Tree.GetRoot(file.CancellationToken);
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

    private static void VisitCalls(FileContext file, IEnumerable<string> names, Action<NodeContext> action)
    {
        var calls = file.Index.Calls;
        foreach (var name in names)
        {
            if (calls.TryGetValue(name, out var spans))
            {
                Visit<InvocationExpressionSyntax>(file, spans, action);
            }
        }
    }

    private static void Visit<TNode>(
        FileContext file, IReadOnlyList<TextSpan> spans, Action<NodeContext> action, Func<TNode, bool>? isIt = null)
        where TNode : SyntaxNode
    {
        if (spans.Count == 0)
        {
            return;
        }

        var root = file.Tree.GetRoot(file.CancellationToken);
        foreach (var span in spans)
        {
            file.CancellationToken.ThrowIfCancellationRequested();
            if ((file.FilterSpan is not { } part || part.IntersectsWith(span))
                && root.FindNode(span, getInnermostNodeForTie: true)
                    .FirstAncestorOrSelf<TNode>(node => node.Span == span && isIt?.Invoke(node) is not false) is { } node)
            {
                action(new NodeContext(node, file));
            }
        }
    }
}
