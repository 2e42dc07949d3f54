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

/// <summary>TL5003: passes the kind that fits the message, where the span is only about it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL5003_PassKind))]
public sealed class TL5003_PassKind : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL5003_SpanKindOfMessage.Id);

    private protected override string Title => "Pass the span kind";

    private protected override string EquivalenceKey => "TL5003.Kind";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || SpanStarts.In(model.Compilation) is not { } starts)
        {
            return null;
        }

        var imports = Imports.Of(document, root, model);
        var changes = new Dictionary<ArgumentListSyntax, ArgumentListSyntax>();
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(TL5003_SpanKindOfMessage.Kind, out var kind)
                && root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
                && model.GetOperation(call, cancellation) is IInvocationOperation operation
                && starts.Of(operation) is { } start
                && model.Compilation.TypeNamed(NameOfKinds(start)) is { } type
                && With(start, call, $"{imports.Name(type, call.SpanStart)}.{kind}") is { } changed)
            {
                changes[call.ArgumentList] = changed;
            }
        }

        return changes.Count == 0
            ? null
            : document.WithSyntaxRoot(imports.AddTo(root.ReplaceNodes(changes.Keys, (list, _) => changes[list])));
    }

    private static string NameOfKinds(SpanStart start)
        => start.Api is SpanApi.Tracer ? SpanStarts.Names.SpanKind : SpanTypes.Names.ActivityKind;

    private static ArgumentListSyntax? With(SpanStart start, InvocationExpressionSyntax call, string kind)
    {
        var value = SyntaxFactory.ParseExpression(kind);
        if (start.Kind is { } given)
        {
            return given.Syntax.FirstAncestorOrSelf<ArgumentSyntax>() is { } argument && argument.Parent == call.ArgumentList
                ? call.ArgumentList.ReplaceNode(argument.Expression, value.WithTriviaFrom(argument.Expression))
                : null;
        }

        // The kind follows the name in every overload; without a name, the caller's is used.
        var arguments = call.ArgumentList.Arguments;
        return arguments switch
        {
            [] when start.Api is SpanApi.ActivitySource => call.ArgumentList.AddArguments(SyntaxFactory.Argument(value)),
            [{ NameColon: null }] => call.ArgumentList.AddArguments(SyntaxFactory.Argument(value)),
            _ => null,
        };
    }
}
