using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>
/// TL3008: starts the task inside the block and awaits it after the block. There is no fix where the block continues after the await.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL3008_AwaitAfterSuppressFlow))]
public sealed class TL3008_AwaitAfterSuppressFlow : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL3008_AwaitInsideSuppressFlow.Id);

    private protected override string Title => "Await after the SuppressFlow block";

    private protected override string EquivalenceKey => "TL3008.AwaitAfter";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root)
        {
            return null;
        }

        var names = new FreshNames(model);
        var wrapping = new Wrapping(LineEnding.Of(root.SyntaxTree.GetText(cancellation)));
        var edits = new StatementEdits(root);
        foreach (var diagnostic in diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not AwaitExpressionSyntax awaited
                || awaited.FirstAncestorOrSelf<UsingStatementSyntax>() is not { } block
                || !StatementEdits.IsInList(block)
                || awaited.Parent is not (ExpressionStatementSyntax or ReturnStatementSyntax)
                || awaited.Parent is not StatementSyntax last
                || !IsLast(last, block)
                || AwaitsIn(block).Any(other => other != awaited))
            {
                continue;
            }

            var started = Unconfigured(awaited.Expression);
            if (model.GetTypeInfo(started, cancellation).Type is not { Name: "Task" or "ValueTask" } type)
            {
                continue;
            }

            var scope = block.Parent is GlobalStatementSyntax { Parent: { } program } ? program : block.Parent!;
            var task = names.ForLocal(scope, block.SpanStart, "task", "started");
            var rest = awaited.Expression.ToString().Substring(started.ToString().Length);
            // Parsed outside an async method, "await task;" would declare a variable.
            var after = last is ReturnStatementSyntax ? wrapping.Line("return x;") : wrapping.Line("x;");
            after = after.ReplaceNode(after.DescendantNodes().OfType<IdentifierNameSyntax>().Single(), SyntaxFactory.AwaitExpression(
                SyntaxFactory.Token(default, SyntaxKind.AwaitKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space)),
                SyntaxFactory.ParseExpression(task + rest)));
            edits.Add(block, changed => [.. Wrapping.Around(
                changed,
                [wrapping.Line($"{type.ToMinimalDisplayString(model, block.SpanStart)} {task};")],
                Started((UsingStatementSyntax)changed, task),
                [after])]);
        }

        return edits.IsEmpty ? null : document.WithSyntaxRoot(edits.Apply());
    }

    private static IEnumerable<AwaitExpressionSyntax> AwaitsIn(UsingStatementSyntax block)
        => block.Statement
            .DescendantNodesAndSelf(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<AwaitExpressionSyntax>();

    private static bool IsLast(StatementSyntax statement, UsingStatementSyntax block)
        => block.Statement == statement || (block.Statement is BlockSyntax { Statements: [.., var last] } && last == statement);

    // The block, with its last statement replaced by the assignment of the task.
    private static UsingStatementSyntax Started(UsingStatementSyntax block, string task)
    {
        var last = block.Statement is BlockSyntax { Statements: [.., var statement] } ? statement : block.Statement;
        var value = last is ReturnStatementSyntax { Expression: { } returned } ? returned : ((ExpressionStatementSyntax)last).Expression;
        var started = Unconfigured(((AwaitExpressionSyntax)value).Expression).WithoutTrivia();
        var assignment = (ExpressionStatementSyntax)SyntaxFactory.ParseStatement($"{task} = x;");
        assignment = assignment.ReplaceNode(((AssignmentExpressionSyntax)assignment.Expression).Right, started);
        return block.ReplaceNode(last, assignment.WithTriviaFrom(last));
    }

    private static ExpressionSyntax Unconfigured(ExpressionSyntax awaited)
        => awaited is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
            && access.Name.Identifier.ValueText is "ConfigureAwait"
                ? access.Expression
                : awaited;
}
