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
/// TL4004: passes the context of the running span, which includes the trace state, where the parent is the only thing read; elsewhere
/// passes the id of the running span instead of its parent's.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL4004_UseContext))]
public sealed class TL4004_UseContext : ReplacingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL4004_ParentIsSibling.Id);

    private protected override string Title => "Use the current span as the parent";

    private protected override string EquivalenceKey => "TL4004.UseContext";

    private protected override Replacement? Replace(
        SyntaxNode reported, SemanticModel model, CompilationContext compilation, Imports imports, CancellationToken cancellation)
    {
        if (SpanStarts.In(model.Compilation) is not { } starts)
        {
            return null;
        }

        var parents = new SiblingParents(starts, compilation);
        foreach (var expression in reported.AncestorsAndSelf().OfType<ExpressionSyntax>())
        {
            if (SiblingParents.MayBe(expression) && parents.Find(expression, model, cancellation) is { } found)
            {
                return Context(found) ?? Id(found, expression);
            }
        }

        return null;
    }

    private static Replacement? Context(SiblingParent found)
    {
        if (found.Operand.Syntax is not { Parent: ArgumentSyntax argument } operand
            || found.Operand.Parent is not IArgumentOperation { Parameter: { Name: "parentId" } parameter }
            || parameter.ContainingSymbol.ContainingType.Name is not "ActivitySource"
            || operand is not (MemberAccessExpressionSyntax
                or ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax }))
        {
            return null;
        }

        var read = operand.ReplaceNode(found.Name, SyntaxFactory.IdentifierName("Context")).WithoutTrivia();
        var context = SyntaxFactory.ParseExpression(operand is ConditionalAccessExpressionSyntax ? $"{read} ?? default" : read.ToString());
        var name = argument.NameColon is { Name: var old } colon
            ? colon.WithName(SyntaxFactory.IdentifierName("parentContext").WithTriviaFrom(old))
            : null;
        return new Replacement(argument, argument.WithNameColon(name).WithExpression(context.WithTriviaFrom(operand)));
    }

    // A local that is also used for something else is left alone.
    private static Replacement? Id(SiblingParent found, ExpressionSyntax whole)
        => whole.Span.Contains(found.Read.Syntax.Span) || IsReadOnce(found.Read.Syntax)
            ? new Replacement(found.Name, SyntaxFactory.IdentifierName(found.Read.Property.Name is "ParentId" ? "Id" : "SpanId"))
            : null;

    private static bool IsReadOnce(SyntaxNode read)
        => read.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { Identifier.ValueText: var name } declarator
            && EnclosingBody.Of(declarator) is { } body
            && body.DescendantNodes()
                .Count(node => node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name) == 1;
}
