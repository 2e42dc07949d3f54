using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>
/// The fix for a publish without context, for all transports. Right before the publish, it injects the current context into the message
/// or into each message of a batch; where no span is current, the context of the received message; where there is neither, it starts a
/// producer span around the publish. A message that is created inside the call is moved to a local first. A call of an overload without
/// a carrier is rewritten to one with a carrier.
/// </summary>
public abstract class PublishFix : TraceCodeFix
{
    private protected override string Title => "Inject the current trace context";

    private protected override string EquivalenceKey => FixableDiagnosticIds[0] + ".Inject";

    private protected override (string Title, string EquivalenceKey)? HelperAction
        => ("Inject the current trace context with the project's method", FixableDiagnosticIds[0] + ".CallHelper");

    /// <summary>The code that writes the carriers of the transports in a compilation.</summary>
    private protected abstract IEnumerable<CarrierCode> CarriersIn(CompilationContext compilation);

    private protected sealed override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root)
        {
            return null;
        }

        var publishes = new Dictionary<InvocationExpressionSyntax, Diagnostic>();
        foreach (var diagnostic in diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call)
            {
                publishes[call] = diagnostic;
            }
        }

        var (rewritten, left) = await RewriteAsync(document, publishes, static (_, call) => call, with, cancellation).ConfigureAwait(false);
        var branched = new BranchedPublishes(document, [.. publishes.Keys]);

        // A statement is split only if a publish in it is fixed afterwards.
        for (var some = left.Where(static call => Anchor.Of(call) is { IsConditional: true }).ToList(); some.Count > 0;)
        {
            if (await branched.SplitAsync(some, cancellation).ConfigureAwait(false) is not { } split)
            {
                break;
            }

            var (all, stillLeft) = await RewriteAsync(split, publishes, branched.In, with, cancellation).ConfigureAwait(false);
            if (some.RemoveAll(stillLeft.Contains) == 0)
            {
                return all;
            }
        }

        return rewritten;
    }

    // Also returns the publishes for which there is no edit.
    private async Task<(Document? Rewritten, HashSet<InvocationExpressionSyntax> Left)> RewriteAsync(
        Document document,
        Dictionary<InvocationExpressionSyntax, Diagnostic> publishes,
        Func<SyntaxNode, InvocationExpressionSyntax, InvocationExpressionSyntax> find,
        FixWith with,
        CancellationToken cancellation)
    {
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var root = (CompilationUnitSyntax)(await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var compilation = CompilationContext.For(model.Compilation, document.Project.AnalyzerOptions, FixableDiagnosticIds[0]);
        var rewrite = new PublishRewrite(
            model, root, Imports.Of(document, root, model), CarriersIn(compilation), with, compilation, cancellation);
        var left = new HashSet<InvocationExpressionSyntax>();
        foreach (var publish in publishes)
        {
            var call = find(root, publish.Key);
            if (model.GetOperation(call, cancellation) is not IInvocationOperation operation
                || !rewrite.Add(call, operation, PublishAdvice.Of(publish.Value)))
            {
                left.Add(publish.Key);
            }
        }

        return (rewrite.Apply() is { } rewritten ? document.WithSyntaxRoot(rewritten) : null, left);
    }
}
