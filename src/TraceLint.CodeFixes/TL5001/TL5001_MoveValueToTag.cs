using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Engine;
using TraceLint.Flow;
using TraceLint.Rules;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>TL5001: removes the value from the span's name and sets it as a tag of the span.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL5001_MoveValueToTag))]
public sealed class TL5001_MoveValueToTag : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL5001_UnboundedSpanName.Id);

    private protected override string Title => "Move the value to a span attribute";

    private protected override string EquivalenceKey => "TL5001.MoveToTag";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || CompilationContext.For(model.Compilation, document.Project.AnalyzerOptions, diagnostics[0].Id) is not { } context
            || SpanWrappers.In(context) is not { } spans)
        {
            return null;
        }

        var code = CodeBodies.In(context);
        var tags = new SpanTags();
        foreach (var diagnostic in diagnostics)
        {
            var reported = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            foreach (var node in reported.AncestorsAndSelf().OfType<ExpressionSyntax>())
            {
                if (SpanNames.MayBe(node) && SpanNames.Of(model.GetOperation(node, cancellation), spans, cancellation) is { } name)
                {
                    Add(tags, node, (ExpressionSyntax)name.Unconverted().Syntax, [.. UnboundedName.In(name, code, cancellation)]);
                    break;
                }
            }
        }

        return tags.Apply(root) is { } changed ? document.WithSyntaxRoot(changed) : null;
    }

    private static void Add(SpanTags tags, ExpressionSyntax call, ExpressionSyntax name, IReadOnlyList<UnboundedName> values)
    {
        if (values.Count > 0
            && SpanVariable.Of(call) is { } span
            && ConstantName.Without(name, [.. values.Select(static value => value.Value.Syntax)]) is { } constant
            && values.All(static value => value.Attribute is not null))
        {
            var calls = values.Select(value => $"{span.Access}SetTag(\"{value.Attribute}\", {value.Value.Syntax.WithoutTrivia()});");
            tags.Add(name, constant, span, calls);
        }
    }
}
