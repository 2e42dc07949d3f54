using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Rules;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>
/// TL3006: makes the Activity current again after each yield. Where it would leak to the consumer, the consumer's Activity is made
/// current before the yield. Where no Activity was created, <c>Activity.Current</c> is left alone.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL3006_RestoreAcrossYield))]
public sealed class TL3006_RestoreAcrossYield : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL3006_ActivityAcrossYield.Id);

    private protected override string Title => "Restore Activity.Current around each yield";

    private protected override string EquivalenceKey => "TL3006.Restore";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || CompilationContext.For(model.Compilation, document.Project.AnalyzerOptions, diagnostics[0].Id) is not { } context
            || SpanWrappers.In(context) is not { } spans
            || model.Compilation.TypeNamed(SystemDiagnostics.Names.Activity) is not { } activity)
        {
            return null;
        }

        var yielded = new YieldedSpans(spans, context);
        var (names, imports, edits) = (new FreshNames(model), Imports.Of(document, root, model), new Surrounding(root));
        var iterators = new HashSet<SyntaxNode?>();
        foreach (var diagnostic in diagnostics)
        {
            // With two spans in one iterator, it is not known which of them should be current at a yield.
            if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
                && model.GetOperation(call, cancellation) is IInvocationOperation operation
                && yielded.Of(operation, cancellation) is { } span
                && call.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax block } statement
                && (span.Holder?.Name ?? NewName(statement, names)) is { } holder
                && iterators.Add(FunctionGraphs.FunctionAround(call)))
            {
                string? before = null;
                var current = $"{imports.Name(activity, call.SpanStart)}.Current";
                var otherwise = current;
                if (!span.IsAsync)
                {
                    otherwise = names.ForLocal(block, call.SpanStart, "caller", "outer");
                    before = $"{current} = {otherwise};";
                }

                if (!span.IsAsync || span.Holder is null)
                {
                    edits.Add(
                        statement,
                        span.IsAsync ? null : $"var {otherwise} = {current};",
                        after: null,
                        span.Holder is null ? changed => Named((UsingStatementSyntax)changed, holder) : null);
                }

                foreach (var yield in span.Yields)
                {
                    edits.Add(yield, before, $"{current} = {holder} ?? {otherwise};");
                }
            }
        }

        return edits.IsEmpty ? null : document.WithSyntaxRoot(imports.AddTo(edits.Apply()));
    }

    // using (source.StartActivity(name)) gets a variable for the span.
    private static string? NewName(StatementSyntax statement, FreshNames names)
        => statement is UsingStatementSyntax { Expression: not null, Parent: { } block }
            ? names.ForLocal(block, statement.SpanStart, "activity", "span")
            : null;

    private static UsingStatementSyntax Named(UsingStatementSyntax statement, string name)
    {
        var declaration = ((LocalDeclarationStatementSyntax)SyntaxFactory.ParseStatement($"var {name} = null;")).Declaration;
        return statement.WithExpression(null)
            .WithDeclaration(declaration.ReplaceNode(declaration.Variables[0].Initializer!.Value, statement.Expression!));
    }
}
