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
    private protected override string Title => "Pass the context of the message to the span";

    private protected override string EquivalenceKey => FixableDiagnosticIds[0] + ".Extract";

    private protected override (string Title, string EquivalenceKey)? HelperAction
        => ("Pass the context that the project's own method extracts", FixableDiagnosticIds[0] + ".CallHelper");

    /// <summary>The transports that the compilation has, and the code that their carriers are read with.</summary>
    private protected abstract IEnumerable<CarrierCode> CarriersIn(SourceModels sources);

    private protected sealed override async Task<Document?> MendAsync(Document document, ImmutableArray<Diagnostic> diagnostics, MendWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model || ProcessingSpans.In(SourceModels.For(model.Compilation, document.Project.AnalyzerOptions, FixableDiagnosticIds[0])) is not { } spans
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

        var sources = SourceModels.For(model.Compilation, document.Project.AnalyzerOptions, FixableDiagnosticIds[0]);
        var problems = new Lazy<int>(() => ProblemsOf(root));

        // One that cannot be mended must not keep the others from it.
        var mendable = new List<(InvocationExpressionSyntax Call, OrphanSpan Orphan, Care Care)>();
        CompilationUnitSyntax? mended = null;
        foreach (var (call, orphan) in orphans)
        {
            foreach (var care in ReceivedCarrier.CaresFor(orphan.Message.Variable.Name, orphan.Receive, (SyntaxNode?)orphan.Receive ?? call))
            {
                if (Mend([(call, orphan, care)]) is { } alone)
                {
                    mendable.Add((call, orphan, care));
                    mended = alone;
                    break;
                }
            }
        }

        mended = mendable.Count > 1 ? Mend(mendable) : mended;
        return mended is null ? null : document.WithSyntaxRoot(mended);

        CompilationUnitSyntax? Mend(List<(InvocationExpressionSyntax Call, OrphanSpan Orphan, Care Care)> some)
        {
            var mending = new ExtractMending(model, root, Imports.Of(document, root, model), CarriersIn(sources), with, sources, cancellation);
            foreach (var (call, orphan, care) in some)
            {
                mending.Add(call, orphan, care);
            }

            return mending.Apply() is { } changed && ProblemsOf(changed) <= problems.Value ? changed : null;
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
