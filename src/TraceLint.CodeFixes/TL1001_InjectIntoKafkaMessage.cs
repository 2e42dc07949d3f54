using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Boundaries;
using TraceLint.Editing;
using TraceLint.Rules;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>
/// TL1001: injects the current trace context into the headers of the message, right before the call that publishes it.
/// A message made inside the call is pulled out into a local first.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL1001_InjectIntoKafkaMessage))]
public sealed class TL1001_InjectIntoKafkaMessage : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL1001_KafkaPublishWithoutContext.Id);

    private protected override string Title => "Inject the trace context before the publish";

    private protected override string EquivalenceKey => "TL1001.Inject";

    private protected override async Task<Document?> MendAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || ConfluentKafka.In(model.Compilation) is not { } kafka
            || InjectSnippet.DialectOf(model.Compilation) is not { } dialect)
        {
            return null;
        }

        var names = new FreshNames(model);
        var imports = new Imports(root, model);
        var edits = new Preludes(root, names);
        foreach (var diagnostic in diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
                && model.GetOperation(call, cancellation) is IInvocationOperation operation
                && kafka.IsPublish(operation, out var argument) && argument is not null
                && PublishedMessage.In(call, argument, model, cancellation) is { } message)
            {
                var site = new SnippetSite(call, dialect, model.Compilation, imports, names);
                var carrierExists = diagnostic.Properties.ContainsKey(PublishDiagnostic.CarrierExists);
                edits.Add(message, name => InjectSnippet.IntoKafkaMessage(name, carrierExists, site, kafka.Types));
            }
        }

        return edits.IsEmpty ? null : document.WithSyntaxRoot(imports.AddTo(edits.Apply()));
    }
}
