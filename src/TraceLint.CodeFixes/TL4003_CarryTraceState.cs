using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Rules;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>TL4003: writes the trace state, if there is any, right after the traceparent and in the same way.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL4003_CarryTraceState))]
public sealed class TL4003_CarryTraceState : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL4003_DroppedTraceState.Id);

    private protected override string Title => "Propagate tracestate as well";

    private protected override string EquivalenceKey => "TL4003.CarryState";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || SpanStarts.In(model.Compilation) is not { } starts)
        {
            return null;
        }

        var states = new DroppedStates(
            starts, CompilationContext.For(model.Compilation, document.Project.AnalyzerOptions, diagnostics[0].Id));
        var names = new FreshNames(model);
        var added = new Dictionary<StatementSyntax, StatementSyntax>();
        foreach (var diagnostic in diagnostics)
        {
            foreach (var node in root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).AncestorsAndSelf())
            {
                if (DroppedStates.MayBe(node) && states.Find(node, model, cancellation) is { } found)
                {
                    if (node.Parent is ExpressionStatementSyntax { Parent: BlockSyntax block } statement
                        && StateWritten(statement, found.Id, block, names, root) is { } write)
                    {
                        added[statement] = write;
                    }

                    break;
                }
            }
        }

        if (added.Count == 0)
        {
            return null;
        }

        var changed = root.TrackNodes(added.Keys);
        foreach (var pair in added)
        {
            changed = changed.InsertNodesAfter(changed.GetCurrentNode(pair.Key)!, [pair.Value]);
        }

        return document.WithSyntaxRoot(changed);
    }

    // if (activity.TraceStateString is string traceState) { the statement with the name and value of the trace state }
    private static IfStatementSyntax? StateWritten(
        ExpressionStatementSyntax statement, IPropertyReferenceOperation? id, SyntaxNode block, FreshNames names, SyntaxNode root)
    {
        if (id is null || !statement.Span.Contains(id.Syntax.Span) || IdExpression(id) is not { } read || NameOf(statement) is not { } name)
        {
            return null;
        }

        var local = names.ForLocal(block, statement.SpanStart, "traceState");
        var state = read.ReplaceNode(IdName(id), SyntaxFactory.IdentifierName("TraceStateString")).WithoutTrivia();
        var whole = (ExpressionSyntax)read;
        while (whole.Parent is PostfixUnaryExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            whole = (ExpressionSyntax)whole.Parent;
        }

        if (whole.Parent is BinaryExpressionSyntax)
        {
            return null;
        }

        var written = statement.ReplaceNodes(
            [name, whole],
            (original, _) => original == name
                ? SyntaxFactory.ParseExpression(StateName(name)).WithTriviaFrom(original)
                : SyntaxFactory.IdentifierName(local).WithTriviaFrom(original));
        var newLine = LineEnding.Of(root.SyntaxTree.GetText());
        var text = $"if ({state} is string {local}){newLine}{{{newLine}{written.WithoutTrivia()}{newLine}}}";
        var indentation = statement.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space]
            ? SyntaxFactory.TriviaList(space)
            : default;
        return ((IfStatementSyntax)SyntaxFactory.ParseStatement(text))
            .WithLeadingTrivia(indentation)
            .WithTrailingTrivia(SyntaxFactory.EndOfLine(newLine))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static SimpleNameSyntax IdName(IPropertyReferenceOperation id) => id.Syntax switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        var other => (SimpleNameSyntax)other,
    };

    // The whole of Activity.Current?.Id, not only the part after the question mark.
    private static ExpressionSyntax? IdExpression(IPropertyReferenceOperation id) => id.Syntax switch
    {
        MemberAccessExpressionSyntax access => access,
        MemberBindingExpressionSyntax { Parent: ConditionalAccessExpressionSyntax whole } => whole,
        _ => null,
    };

    private static LiteralExpressionSyntax? NameOf(ExpressionStatementSyntax statement) => statement.Expression switch
    {
        AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax { ArgumentList.Arguments: [var index] } }
            => index.Expression as LiteralExpressionSyntax,
        InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax name }, ..] } => name,
        InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: BaseObjectCreationExpressionSyntax entry }] }
            => entry.ArgumentList is { Arguments: [var first, ..] } ? first.Expression as LiteralExpressionSyntax : null,
        _ => null,
    };

    private static string StateName(LiteralExpressionSyntax name)
        => name.ToString().Any(char.IsLower) ? "\"tracestate\"" : "\"TRACESTATE\"";
}
