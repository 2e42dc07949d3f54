using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Rules;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>
/// TL1006: uses the default propagator in place of a <c>BaggagePropagator</c>, passes the current context in place of <c>default</c> or
/// null, and writes the setter for a carrier of a known transport. An injection with several of these defects is fixed only as a whole.
/// There is no fix where no span can be current: the injection would still write nothing.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL1006_InjectCurrentContext))]
public sealed class TL1006_InjectCurrentContext : ReplacingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL1006_InjectionWritesNothing.Id);

    private protected override string Title => "Inject the current trace context";

    private protected override string EquivalenceKey => "TL1006.InjectCurrent";

    private protected override Replacement? Replace(
        SyntaxNode reported, SemanticModel model, CompilationContext context, Imports imports, CancellationToken cancellation)
    {
        if (reported.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || model.GetOperation(call, cancellation) is not IInvocationOperation operation
            || HasNoSpan(call, context, cancellation))
        {
            return null;
        }

        var rewrite = new EmptyInjectionRewrite(call, operation, model, context, imports, cancellation);
        var replacements = new Dictionary<SyntaxNode, SyntaxNode>();
        foreach (var empty in new EmptyInjections(context).Find(operation, cancellation))
        {
            if (rewrite.Of(empty) is not { } edit)
            {
                return null;
            }

            replacements[edit.Old] = edit.New.WithTriviaFrom(edit.Old);
        }

        return replacements.Count == 0
            ? null
            : new Replacement(call, call.ReplaceNodes(replacements.Keys, (original, _) => replacements[original]));
    }

    private static bool HasNoSpan(SyntaxNode call, CompilationContext context, CancellationToken cancellation)
        => LiveSpans.In(context)?.At(call, acrossFunctions: true, cancellation) is null
            && new SpanlessFlow(context).Contains(call, cancellation);
}
