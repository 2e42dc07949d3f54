using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>
/// TL1005: removes the header before it is added, in the propagator's setter or in code that adds it itself; or, from a message of Azure
/// Service Bus, the copied headers, so that the client injects.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL1005_ReplaceTraceHeader))]
public sealed class TL1005_ReplaceTraceHeader : TraceCodeFix
{
    private static readonly string[] s_azureHeaders = ["Diagnostic-Id", "traceparent", "tracestate"];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL1005_AppendedTraceHeader.Id);

    private protected override string Title => "Remove the old trace header first";

    private protected override string EquivalenceKey => "TL1005.Replace";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || (ConfluentKafka.In(model.Compilation) is var kafka
                && kafka is null
                && model.Compilation.TypeNamed(AzureMessages.Names.ServiceBusMessage) is null))
        {
            return null;
        }

        var edits = new InsertedStatements(root, new FreshNames(model));
        var seen = new HashSet<SyntaxNode>();
        foreach (var diagnostic in diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan).Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: CopiedProperties.Properties } written
                && root.FindNode(diagnostic.AdditionalLocations[1].SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax send
                && Anchor.Of(send) is { IsConditional: false } before)
            {
                edits.Add(
                    before,
                    before.ReturnsNothing(model, cancellation),
                    s_azureHeaders.Select(name => $"{written.WithoutTrivia()}.Remove(\"{name}\");"));
                continue;
            }

            // A setter that serves several injections is fixed once. One in another file cannot be fixed by an edit of this document.
            var setter = diagnostic.AdditionalLocations[1];
            if (setter.SourceTree == root.SyntaxTree
                && root.FindNode(setter.SourceSpan, getInnermostNodeForTie: true) is var node
                && node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } add
                && add.Expression is MemberAccessExpressionSyntax { Expression: var headers }
                && model.GetOperation(add, cancellation) is IInvocationOperation operation
                && kafka?.EffectOf(operation).Entry is { } entry
                && Anchor.Of(add) is { IsConditional: false } anchor
                && seen.Add(add))
            {
                edits.Add(
                    anchor,
                    anchor.ReturnsNothing(model, cancellation),
                    [$"{headers.WithoutTrivia()}.Remove({kafka.NameOf(entry).Syntax.WithoutTrivia()});"]);
            }
        }

        return edits.IsEmpty ? null : document.WithSyntaxRoot(edits.Apply());
    }
}
