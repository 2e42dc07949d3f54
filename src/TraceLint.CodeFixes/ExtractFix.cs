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
/// The fix for a span without the context of its message, whatever the transport: right before it, the context is extracted, on
/// top of nothing, and passed as the parent; of a batch, one link each. A context that was extracted already is passed on. A span
/// that is older than its message is linked, once the message is there.
/// </summary>
public abstract class ExtractFix : TraceCodeFix
{
    private protected override string Title => "Use the trace context of the message";

    private protected override string EquivalenceKey => FixableDiagnosticIds[0] + ".Extract";

    private protected override (string Title, string EquivalenceKey)? HelperAction
        => ("Extract the trace context of the message with the project's method", FixableDiagnosticIds[0] + ".CallHelper");

    /// <summary>The transports that the compilation has, and the code that their carriers are read with.</summary>
    private protected abstract IEnumerable<CarrierCode> CarriersIn(CompilationContext compilation);

    private protected sealed override async Task<Document?> RewriteAsync(Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model || ProcessingSpans.In(CompilationContext.For(model.Compilation, document.Project.AnalyzerOptions, FixableDiagnosticIds[0])) is not { } spans
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root)
        {
            return null;
        }

        var orphans = new List<(InvocationExpressionSyntax Call, OrphanSpan Orphan)>();
        foreach (var diagnostic in diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
                && model.GetOperation(call, cancellation) is IInvocationOperation operation && spans.At(operation, isAsked: null, cancellation) is { } orphan)
            {
                orphans.Add((call, orphan));
            }
        }

        var compilation = CompilationContext.For(model.Compilation, document.Project.AnalyzerOptions, FixableDiagnosticIds[0]);
        var problems = new Lazy<int>(() => ProblemsOf(root));

        // One that cannot be fixed must not keep the others from it.
        var fixable = new List<(InvocationExpressionSyntax Call, OrphanSpan Orphan, NullHandling NullHandling)>();
        CompilationUnitSyntax? rewritten = null;
        foreach (var (call, orphan) in orphans)
        {
            foreach (var handling in ReceivedCarrier.HandlingsFor(orphan.Message.Variable.Name, orphan.Receive, (SyntaxNode?)orphan.Receive ?? call))
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
            var rewrite = new ExtractRewrite(model, root, Imports.Of(document, root, model), CarriersIn(compilation), with, compilation, cancellation);
            foreach (var (call, orphan, handling) in some)
            {
                rewrite.Add(call, orphan, handling);
            }

            return rewrite.Apply() is { } changed && ProblemsOf(changed) <= problems.Value ? changed : null;
        }

        // Nothing is offered that does not compile, or warns of a null that was none before.
        int ProblemsOf(CompilationUnitSyntax changed)
        {
            var tree = changed == root ? root.SyntaxTree : root.SyntaxTree.WithRootAndOptions(changed, root.SyntaxTree.Options);
            var compilation = changed == root ? model.Compilation : model.Compilation.ReplaceSyntaxTree(root.SyntaxTree, tree);
            return CompileCheck.ErrorsAndNullWarnings(compilation.GetSemanticModel(tree), span: null, cancellation);
        }
    }
}
