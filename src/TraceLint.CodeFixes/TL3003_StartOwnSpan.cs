using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Rules;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>
/// TL3003 and TL3004: the background work starts a span of its own and writes to that one. Its parent is the span in which the work
/// was started: that is still current in the work, whether it has ended or not, sampled or not.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL3003_StartOwnSpan))]
public sealed class TL3003_StartOwnSpan : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; }
        = ImmutableArray.Create(TL3003_WriteOnEndedSpan.Id, TL3004_WorkOutlivesSpan.Id);

    private protected override string Title => "Start a span in the work";

    private protected override string EquivalenceKey => "TL3003.OwnSpan";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || LiveSpans.In(CompilationContext.For(model.Compilation, document.Project.AnalyzerOptions, diagnostics[0].Id)) is not { } spans
            || ((CSharpParseOptions)root.SyntaxTree.Options).LanguageVersion < LanguageVersion.CSharp8)
        {
            return null;
        }

        var names = new FreshNames(model);
        var starting = new Dictionary<SyntaxNode, string>();
        var writes = new Dictionary<SyntaxNode, string>();
        foreach (var diagnostic in diagnostics)
        {
            var call = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)
                .FirstAncestorOrSelf<InvocationExpressionSyntax>();
            if (call is null
                || LambdaOf(call, model, cancellation) is not { } lambda
                || starting.ContainsKey(lambda)
                || spans.At(call, acrossFunctions: false, cancellation) is not { } span
                || span.Call != span.Start.Call.Syntax
                || span.Start is not { Api: SpanApi.ActivitySource, Call.Instance.Syntax: var source })
            {
                continue;
            }

            var name = names.ForLocal(lambda, lambda.SpanStart, "background", "own");
            if (WritesIn(lambda, span.Variable, name, model, cancellation) is { } found)
            {
                starting.Add(lambda, $"using var {name} = {source}.StartActivity(\"{NameOf(span.Start)}background\");");
                foreach (var write in found)
                {
                    writes[write.Key] = write.Value;
                }
            }
        }

        return starting.Count == 0 ? null : document.WithSyntaxRoot(Apply(root, starting, writes, names));
    }

    private static CompilationUnitSyntax Apply(
        CompilationUnitSyntax root, Dictionary<SyntaxNode, string> starting, Dictionary<SyntaxNode, string> writes, FreshNames names)
    {
        var tracked = root.TrackNodes(starting.Keys.Concat(writes.Keys));
        tracked = tracked.ReplaceNodes(
            writes.Keys.Select(tracked.GetCurrentNode).OfType<SyntaxNode>(),
            (original, rewritten) => SyntaxFactory.ParseExpression(writes[Original(original)]).WithTriviaFrom(rewritten));
        var inserted = new InsertedStatements(tracked, names);
        foreach (var start in starting)
        {
            var lambda = (LambdaExpressionSyntax)tracked.GetCurrentNode(start.Key)!;
            var anchor = lambda.Block is { Statements: [var first, ..] }
                ? new Anchor(first, HasExpressionBody: false, IsConditional: false)
                : new Anchor(lambda, HasExpressionBody: true, IsConditional: false);
            inserted.Add(anchor, returnsNothing: true, [start.Value]);
        }

        return inserted.Apply();

        SyntaxNode Original(SyntaxNode node) => writes.Keys.First(key => tracked.GetCurrentNode(key) == node);
    }

    // Only a lambda gets a span. An async method runs up to its first await under the span of its caller and may have other callers, so no
    // edit inside is right for all of them. A lambda that returns a task continues after it returns, so its span would end too early.
    private static LambdaExpressionSyntax? LambdaOf(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        var place = call.Expression is MemberAccessExpressionSyntax { Expression: ObjectCreationExpressionSyntax creation }
            ? creation.ArgumentList ?? call.ArgumentList
            : call.ArgumentList;
        var lambda = place.Arguments.Select(static argument => argument.Expression).OfType<LambdaExpressionSyntax>().FirstOrDefault();
        if (lambda is null
            || model.GetSymbolInfo(call, cancellation).Symbol is not { DeclaringSyntaxReferences.IsEmpty: true }
            || model.GetSymbolInfo(lambda, cancellation).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        var endsItself = method.IsAsync || method.ReturnsVoid;
        var hasWork = lambda.Block is { } block ? block.Statements.Count > 0 : endsItself || IsWrite(lambda.ExpressionBody);
        return hasWork && (endsItself || method.ReturnType.Name is not ("Task" or "ValueTask")) ? lambda : null;
    }

    private static bool IsWrite(ExpressionSyntax? body) => body is ConditionalAccessExpressionSyntax or InvocationExpressionSyntax;

    // The writes to the variable, rewritten to the span of the work, which may be null. Null when a write is not a call.
    private static Dictionary<SyntaxNode, string>? WritesIn(
        LambdaExpressionSyntax lambda, ILocalSymbol? variable, string name, SemanticModel model, CancellationToken cancellation)
    {
        var writes = new Dictionary<SyntaxNode, string>();
        foreach (var reference in lambda.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (reference.Identifier.ValueText != variable?.Name
                || model.GetOperation(reference, cancellation) is not ILocalReferenceOperation { Local: var local }
                || !SymbolEqualityComparer.Default.Equals(local, variable))
            {
                continue;
            }

            switch (reference.Parent)
            {
                case ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax } access
                    when access.Expression == reference:
                    writes.Add(reference, name);
                    break;
                case MemberAccessExpressionSyntax or PostfixUnaryExpressionSyntax { Parent: MemberAccessExpressionSyntax }:
                    if (Whole(reference) is not { } whole)
                    {
                        return null;
                    }

                    writes.Add(whole, $"{name}?{whole.ToString().Substring(reference.ToString().Length).TrimStart('!')}");
                    break;
            }
        }

        return writes;
    }

    // activity.SetTag(...) when it is a whole statement or the whole body of a lambda.
    private static ExpressionSyntax? Whole(ExpressionSyntax reference)
    {
        var whole = reference;
        while (whole.Parent is MemberAccessExpressionSyntax or InvocationExpressionSyntax or PostfixUnaryExpressionSyntax)
        {
            whole = (ExpressionSyntax)whole.Parent;
        }

        return whole is InvocationExpressionSyntax && whole.Parent is ExpressionStatementSyntax or LambdaExpressionSyntax ? whole : null;
    }

    private static string NameOf(SpanStart start)
        => start.Name?.ConstantValue is { HasValue: true, Value: string name } && name.IndexOf('"') < 0 && name.IndexOf('\\') < 0
            ? name + " "
            : "";
}
