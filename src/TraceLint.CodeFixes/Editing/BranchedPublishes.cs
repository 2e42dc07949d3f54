using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Editing;

/// <summary>
/// Publishes in the arms of <c>?:</c>, <c>??</c> and switch expressions, where no statement can be inserted before them. The statements
/// around them are split, and the publishes are found again in the changed document.
/// </summary>
internal sealed class BranchedPublishes(Document document, IReadOnlyList<InvocationExpressionSyntax> publishes)
{
    private const int Deepest = 8;

    private readonly Dictionary<InvocationExpressionSyntax, SyntaxAnnotation> _marks =
        publishes.ToDictionary(static publish => publish, static _ => new SyntaxAnnotation());

    /// <summary>The document with the statements around some of the publishes split; null when none could be split.</summary>
    public async Task<Document?> SplitAsync(IEnumerable<InvocationExpressionSyntax> branched, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var start = document.WithSyntaxRoot(
            root.ReplaceNodes(publishes, (original, rewritten) => rewritten.WithAdditionalAnnotations(_marks[original])));
        var split = start;
        foreach (var publish in branched)
        {
            split = await SplitAsync(split, _marks[publish], cancellation).ConfigureAwait(false) ?? split;
        }

        return split != start
            && await ProblemsOf(split, cancellation).ConfigureAwait(false) <= await ProblemsOf(document, cancellation).ConfigureAwait(false)
                ? split
                : null;
    }

    /// <summary>Finds a publish in the changed document.</summary>
    public InvocationExpressionSyntax In(SyntaxNode root, InvocationExpressionSyntax publish)
        => (InvocationExpressionSyntax)root.GetAnnotatedNodes(_marks[publish]).Single();

    private async Task<Document?> SplitAsync(Document current, SyntaxAnnotation mark, CancellationToken cancellation)
    {
        for (var depth = 0; depth < Deepest; depth++)
        {
            if (await current.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
                || await current.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
                || Anchor.Of((InvocationExpressionSyntax)root.GetAnnotatedNodes(mark).Single()) is not { } anchor)
            {
                return null;
            }

            if (!anchor.IsConditional)
            {
                return current;
            }

            var newLine = LineEnding.Of(await document.GetTextAsync(cancellation).ConfigureAwait(false));
            if (Changed(root, anchor, mark, model, newLine, cancellation) is not { } changed)
            {
                return null;
            }

            current = await FileLayout.FormatAsync(document, current.WithSyntaxRoot(changed), cancellation).ConfigureAwait(false);
        }

        return null;
    }

    // One step: an expression body becomes a block, or a statement is split.
    private static CompilationUnitSyntax? Changed(
        CompilationUnitSyntax root,
        Anchor anchor,
        SyntaxAnnotation mark,
        SemanticModel model,
        string newLine,
        CancellationToken cancellation)
    {
        if (anchor.HasExpressionBody)
        {
            return root.ReplaceNode(
                anchor.Node, ExpressionBody.ToBlock(anchor.Node, [], anchor.ReturnsNothing(model, cancellation), newLine));
        }

        var publish = (InvocationExpressionSyntax)root.GetAnnotatedNodes(mark).Single();
        if (anchor.Node is not StatementSyntax statement || !StatementEdits.IsInList(statement)
            || new BranchSplit(model, newLine, cancellation).Of(statement, publish) is not { } parts)
        {
            return null;
        }

        return statement.Parent is GlobalStatementSyntax global
            ? root.ReplaceNode(global, parts.Select(SyntaxFactory.GlobalStatement))
            : root.ReplaceNode(statement, parts);
    }

    private static async Task<int> ProblemsOf(Document document, CancellationToken cancellation)
        => await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } model
            ? CompileCheck.ErrorsAndNullWarnings(model, span: null, cancellation)
            : 0;
}
