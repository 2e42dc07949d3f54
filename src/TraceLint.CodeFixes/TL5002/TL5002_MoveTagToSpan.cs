using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;
using TraceLint.Engine;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Rules;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>
/// TL5002: removes the tag from the measurement and sets it on the current span. A tag that the span has anyway, or that is on an
/// observed measurement, is only removed. The text of an exception is replaced by its type, as <c>error.type</c>: there are few types,
/// and failures must not be counted as successes.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL5002_MoveTagToSpan))]
public sealed class TL5002_MoveTagToSpan : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL5002_UnboundedMetricTag.Id);

    private const string ErrorType = "error.type";

    private protected override string Title => "Move the attribute to the current span";

    private protected override string EquivalenceKey => "TL5002.MoveToSpan";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || model.Compilation.TypeNamed(SystemDiagnostics.Names.Activity) is not { } activity)
        {
            return null;
        }

        var imports = Imports.Of(document, root, model);
        var moves = new TagMoves();
        var code = CodeBodies.In(CompilationContext.For(model.Compilation, document.Project.AnalyzerOptions, diagnostics[0].Id));
        foreach (var diagnostic in diagnostics)
        {
            var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)
                .FirstAncestorOrSelf<ExpressionSyntax>(Measurements.MayBe);
            if (node is not null && Measurements.TagsOf(node, model, cancellation) is { } tags)
            {
                var hasErrorType = tags.Any(tag
                    => tag.Key.ConstantValue is { HasValue: true, Value: ErrorType } && UnboundedValue.In(code.ValueOf(tag.Value.Syntax, cancellation)) is null);
                foreach (var tag in tags)
                {
                    if (UnboundedValue.In(code.ValueOf(tag.Value.Syntax, cancellation)) is { } value)
                    {
                        var statement = value.IsOfSpan || node is BaseObjectCreationExpressionSyntax
                            ? null
                            : $"{imports.Name(activity, node.SpanStart)}.Current?.SetTag("
                                + $"{tag.Key.Syntax.WithoutTrivia()}, {tag.Value.Unconverted().Syntax.WithoutTrivia()});";
                        if (!hasErrorType && TypeOf(value, node, model) is { } type
                            && moves.Change(tag.Code, AsErrorType(tag, type), statement, model, cancellation))
                        {
                            hasErrorType = true;
                        }
                        else
                        {
                            moves.Add(tag.Code, statement, model, cancellation);
                        }
                    }
                }
            }
        }

        return moves.Apply(root, model) is { } changed ? document.WithSyntaxRoot(imports.AddTo(changed)) : null;
    }

    private static IEnumerable<(SyntaxNode Old, ExpressionSyntax New)> AsErrorType(MeasuredTag tag, ExpressionSyntax type)
        => [(tag.Key.Syntax, Text(ErrorType)), (tag.Value.Unconverted().Syntax, type)];

    private static LiteralExpressionSyntax Text(string text)
        => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));

    // error.GetType().FullName, where the exception can be named at the measurement.
    private static ExpressionSyntax? TypeOf(UnboundedValue value, SyntaxNode node, SemanticModel model)
    {
        var syntax = value.Exception?.Syntax;
        var access = syntax?.Parent is ConditionalAccessExpressionSyntax conditional && conditional.Expression == syntax ? "?." : ".";
        return syntax is not null
            && syntax.DescendantNodesAndSelf().All(static part => part is IdentifierNameSyntax or MemberAccessExpressionSyntax)
            && (node.Contains(syntax) || (syntax is IdentifierNameSyntax { Identifier.ValueText: var name }
                && model.LookupSymbols(node.SpanStart, name: name) is [var visible]
                && SymbolEqualityComparer.Default.Equals(visible, model.GetSymbolInfo(syntax).Symbol)))
                ? SyntaxFactory.ParseExpression($"{syntax.WithoutTrivia()}{access}GetType().FullName")
                : null;
    }
}
