using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>Removes tags from measurements and inserts statements that set them on spans, for a whole document.</summary>
internal sealed class TagMoves
{
    private readonly HashSet<SyntaxNode> _removed = [];
    private readonly Dictionary<SyntaxNode, SyntaxNode> _replaced = [];
    private readonly List<(Anchor Anchor, bool ReturnsNothing, string Statement)> _added = [];

    /// <summary>Removes a tag, if possible.</summary>
    /// <param name="code">The code that creates the tag.</param>
    /// <param name="statement">The statement that sets the tag on a span; null when it is only removed.</param>
    public void Add(SyntaxNode code, string? statement, SemanticModel model, CancellationToken cancellation)
    {
        if (_removed.Contains(code) || _replaced.ContainsKey(code))
        {
            return;
        }

        // tags.Add(key, value); is replaced by the other statement.
        if (code.Parent is ExpressionStatementSyntax whole)
        {
            if (statement is null && whole.Parent is not BlockSyntax)
            {
                return;
            }

            if (statement is null)
            {
                _removed.Add(whole);
            }
            else
            {
                _replaced[whole] = SyntaxFactory.ParseStatement(statement).WithTriviaFrom(whole);
            }

            return;
        }

        if (Removable(code) is not { } removable
            || (statement is not null && Anchor.Of((ExpressionSyntax)code) is not { IsConditional: false }))
        {
            return;
        }

        _removed.Add(removable);
        if (statement is not null)
        {
            var anchor = Anchor.Of((ExpressionSyntax)code)!;
            _added.Add((anchor, anchor.ReturnsNothing(model, cancellation), statement));
        }
    }

    /// <summary>Changes a tag, and inserts a statement before it that sets the original tag on the span.</summary>
    /// <param name="code">The code that creates the tag.</param>
    /// <param name="changes">The nodes that change and their replacements.</param>
    /// <param name="statement">The statement that sets the tag on a span; null when there is none.</param>
    /// <returns>Whether the tag can be changed.</returns>
    public bool Change(
        SyntaxNode code,
        IEnumerable<(SyntaxNode Old, ExpressionSyntax New)> changes,
        string? statement,
        SemanticModel model,
        CancellationToken cancellation)
    {
        if (statement is not null && Anchor.Of((ExpressionSyntax)code) is not { IsConditional: false })
        {
            return false;
        }

        foreach (var (old, changed) in changes)
        {
            if (_replaced.ContainsKey(old))
            {
                return true;
            }

            _replaced.Add(old, changed.WithTriviaFrom(old));
        }

        if (statement is not null)
        {
            var anchor = Anchor.Of((ExpressionSyntax)code)!;
            _added.Add((anchor, anchor.ReturnsNothing(model, cancellation), statement));
        }

        return true;
    }

    /// <summary>The root with all edits applied; null when there are none.</summary>
    public CompilationUnitSyntax? Apply(CompilationUnitSyntax root, SemanticModel model)
    {
        if (_removed.Count + _replaced.Count == 0)
        {
            return null;
        }

        var tracked = root.TrackNodes(_removed.Concat(_replaced.Keys).Concat(_added.Select(static added => added.Anchor.Node)).Distinct());
        tracked = tracked.ReplaceNodes(
            _replaced.Keys.Select(old => tracked.GetCurrentNode(old)!),
            (original, _) => _replaced.First(pair => tracked.GetCurrentNode(pair.Key) == original).Value);
        foreach (var removed in _removed)
        {
            tracked = Without(tracked, tracked.GetCurrentNode(removed)!);
        }

        var inserted = new InsertedStatements(tracked, new FreshNames(model));
        foreach (var (anchor, returnsNothing, statement) in _added)
        {
            inserted.Add(anchor with { Node = tracked.GetCurrentNode(anchor.Node)! }, returnsNothing, [statement]);
        }

        return inserted.IsEmpty ? tracked : inserted.Apply();
    }

    // Keeps the white space before the closing brace when the last element is removed.
    private static CompilationUnitSyntax Without(CompilationUnitSyntax root, SyntaxNode removed)
    {
        if (removed.Parent is not InitializerExpressionSyntax { Expressions: { Count: > 1 } elements } initializer
            || elements.Last() != removed
            || elements.SeparatorCount == elements.Count)
        {
            return root.RemoveNode(removed, SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        elements = elements.RemoveAt(elements.Count - 1);
        elements = elements.Replace(elements.Last(), elements.Last().WithTrailingTrivia(removed.GetTrailingTrivia()));
        return root.ReplaceNode(initializer, initializer.WithExpressions(elements));
    }

    // The node to remove with a tag; null for the only element of new[] { ... }, which would have no type without it.
    private static SyntaxNode? Removable(SyntaxNode code) => code.Parent switch
    {
        ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax } } argument
            => argument,
        InitializerExpressionSyntax { Parent: ImplicitArrayCreationExpressionSyntax, Expressions.Count: 1 } => null,
        InitializerExpressionSyntax => code,
        ExpressionElementSyntax element => element,
        _ => null,
    };
}
