using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Snippets;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>
/// The fix for a span without the context of its message, for all transports. It extracts the context right before the span, starting
/// from an empty one, and passes it as the parent, or as one link per message of a batch. A context that is already extracted is
/// reused. A span that starts before its message is received gets a link after the receive.
/// </summary>
public abstract class ExtractFix : TraceCodeFix
{
    private protected override string Title => "Use the trace context of the message";

    private protected override string EquivalenceKey => FixableDiagnosticIds[0] + ".Extract";

    private protected override (string Title, string EquivalenceKey)? HelperAction
        => ("Extract the trace context of the message with the project's method", FixableDiagnosticIds[0] + ".CallHelper");

    /// <summary>The code that reads the carriers of the transports in a compilation.</summary>
    private protected abstract IEnumerable<CarrierCode> CarriersIn(CompilationContext compilation);

    private protected sealed override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root)
        {
            return null;
        }

        var compilation = CompilationContext.For(model.Compilation, document.Project.AnalyzerOptions, FixableDiagnosticIds[0]);
        if (ProcessingSpans.In(compilation) is not { } spans)
        {
            return null;
        }

        var orphans = new List<(InvocationExpressionSyntax Call, OrphanSpan Orphan)>();
        foreach (var diagnostic in diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
                && model.GetOperation(call, cancellation) is IInvocationOperation operation
                && spans.At(operation, isAsked: null, cancellation) is { } orphan)
            {
                orphans.Add((call, orphan));
            }
        }

        var problems = new Lazy<int>(() => ProblemsOf(root));

        // A span that cannot be fixed must not prevent the fix of the others.
        var fixable = new List<(InvocationExpressionSyntax Call, OrphanSpan Orphan, NullHandling NullHandling)>();
        CompilationUnitSyntax? rewritten = null;
        foreach (var (call, orphan) in orphans)
        {
            var after = (SyntaxNode?)orphan.Receive ?? call;
            foreach (var handling in ReceivedCarrier.HandlingsFor(orphan.Message.Variable.Name, orphan.Receive, after))
            {
                if (Rewrite([(call, orphan, handling)]) is { } alone)
                {
                    fixable.Add((call, orphan, handling));
                    rewritten = alone;
                    break;
                }
            }
        }

        rewritten = fixable.Count > 1 ? Rewrite(fixable) : rewritten;
        return rewritten is null ? null : document.WithSyntaxRoot(rewritten);

        CompilationUnitSyntax? Rewrite(List<(InvocationExpressionSyntax Call, OrphanSpan Orphan, NullHandling NullHandling)> some)
        {
            var rewrite = new ExtractRewrite(
                model, root, Imports.Of(document, root, model), CarriersIn(compilation), with, compilation, cancellation);
            foreach (var (call, orphan, handling) in some)
            {
                rewrite.Add(call, orphan, handling);
            }

            return rewrite.Apply() is { } changed && ProblemsOf(changed) <= problems.Value ? changed : null;
        }

        // A rewrite with new errors or new nullable warnings is not offered.
        int ProblemsOf(CompilationUnitSyntax changed)
        {
            var tree = changed == root ? root.SyntaxTree : root.SyntaxTree.WithRootAndOptions(changed, root.SyntaxTree.Options);
            var compilation = changed == root ? model.Compilation : model.Compilation.ReplaceSyntaxTree(root.SyntaxTree, tree);
            return CompileCheck.ErrorsAndNullWarnings(compilation.GetSemanticModel(tree), span: null, cancellation);
        }
    }
}
