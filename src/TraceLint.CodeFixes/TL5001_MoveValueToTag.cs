using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Rules;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>TL5001: takes the value out of the name, and makes it a tag of the span that the call starts.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL5001_MoveValueToTag))]
public sealed class TL5001_MoveValueToTag : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL5001_UnboundedSpanName.Id);

    private protected override string Title => "Move the value to a span attribute";

    private protected override string EquivalenceKey => "TL5001.MoveToTag";

    private protected override async Task<Document?> RewriteAsync(Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || SpanStarts.In(model.Compilation) is not { } starts)
        {
            return null;
        }

        var tags = new SpanTags();
        foreach (var diagnostic in diagnostics)
        {
            foreach (var node in root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).AncestorsAndSelf().OfType<ExpressionSyntax>())
            {
                if (SpanNames.MayBe(node) && SpanNames.Of(model.GetOperation(node, cancellation), starts) is { } name)
                {
                    Add(tags, node, (ExpressionSyntax)name.Unconverted().Syntax, [.. UnboundedName.In(name, cancellation)]);
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
            tags.Add(name, constant, span, values.Select(value => $"{span.Access}SetTag(\"{value.Attribute}\", {value.Value.Syntax.WithoutTrivia()});"));
        }
    }
}
