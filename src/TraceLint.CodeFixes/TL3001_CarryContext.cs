using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>
/// TL3001: passes the work to the API that carries the context, the one without "Unsafe" in its name, or moves it out of a SuppressFlow
/// block that contains nothing else. Where the block contains more, there is no fix: the flow may be suppressed on purpose for the rest.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL3001_CarryContext))]
public sealed class TL3001_CarryContext : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL3001_WorkWithoutContext.Id);

    private protected override string Title => "Flow the current context to the work";

    private protected override string EquivalenceKey => "TL3001.Carry";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root)
        {
            return null;
        }

        var names = new FreshNames(model);
        var changes = new Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>>();
        foreach (var diagnostic in diagnostics)
        {
            var site = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (site.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
                && call.CalledName() is { Identifier.ValueText: var name }
                && name.StartsWith("Unsafe", StringComparison.Ordinal))
            {
                if (Safe(call, model, names, cancellation) is { } safe)
                {
                    changes[call] = safe;
                }
            }
            else if (site.FirstAncestorOrSelf<UsingStatementSyntax>() is { } block && OnlyStatementOf(block) is not null)
            {
                changes[block] = static node => Unwrapped((UsingStatementSyntax)node);
            }
        }

        return changes.Count == 0
            ? null
            : document.WithSyntaxRoot(root.ReplaceNodes(changes.Keys, (original, rewritten) => changes[original](rewritten)));
    }

    private static Func<SyntaxNode, SyntaxNode>? Safe(
        InvocationExpressionSyntax call, SemanticModel model, FreshNames names, CancellationToken cancellation)
    {
        if (model.GetOperation(call, cancellation) is not IInvocationOperation operation
            || operation.TargetMethod.Parameters is not [{ Type: { Name: "IThreadPoolWorkItem" } contract }, ..])
        {
            return static node => Renamed((InvocationExpressionSyntax)node);
        }

        // An explicitly implemented Execute cannot be called on the item.
        if (call.ArgumentList.Arguments is not [{ NameColon: null } item, { } local]
            || model.GetTypeInfo(item.Expression, cancellation).Type is not { } type
            || (!SymbolEqualityComparer.Default.Equals(type, contract)
                && !type.GetMembers("Execute")
                    .OfType<IMethodSymbol>()
                    .Any(static method => method is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public })))
        {
            return null;
        }

        var parameter = names.ForParameter(call.SpanStart, "item", "work");
        var isStatic = ((CSharpParseOptions)call.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp9 ? "static " : "";
        var value = local.NameColon is null ? $"preferLocal: {local}" : local.ToString();
        return node =>
        {
            var renamed = Renamed((InvocationExpressionSyntax)node);
            var arguments = SyntaxFactory.ParseArgumentList(
                $"({isStatic}{parameter} => {parameter}.Execute(), {renamed.ArgumentList.Arguments[0]}, {value})");
            return renamed.WithArgumentList(arguments.WithTriviaFrom(renamed.ArgumentList));
        };
    }

    private static InvocationExpressionSyntax Renamed(InvocationExpressionSyntax call)
    {
        var name = call.CalledName()!.Identifier;
        var safe = name.ValueText.Substring("Unsafe".Length);
        return call.ReplaceToken(name, SyntaxFactory.Identifier(name.LeadingTrivia, safe, name.TrailingTrivia));
    }

    private static ExpressionStatementSyntax? OnlyStatementOf(UsingStatementSyntax block) => block.Statement switch
    {
        BlockSyntax { Statements: [ExpressionStatementSyntax only] } => only,
        ExpressionStatementSyntax only => only,
        _ => null,
    };

    private static StatementSyntax Unwrapped(UsingStatementSyntax block)
    {
        var only = OnlyStatementOf(block)!;
        return Wrapping.Indent(only, IndentationOf(only), IndentationOf(block)).WithTriviaFrom(block);
    }

    private static string IndentationOf(StatementSyntax statement)
        => statement.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space] ? space.ToString() : "";
}
