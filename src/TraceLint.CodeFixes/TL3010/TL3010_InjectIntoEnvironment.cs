using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Rules;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>
/// TL3010 and TL3011: injects the context into the environment of the child process. A call without a <c>ProcessStartInfo</c> gets one.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL3010_InjectIntoEnvironment))]
public sealed class TL3010_InjectIntoEnvironment : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; }
        = ImmutableArray.Create(TL3010_ChildProcessWithoutContext.Id, TL3011_OtherChildProcessWithoutContext.Id);

    private protected override string Title => "Inject the current trace context into the process environment";

    private protected override string EquivalenceKey => "TL3010.Inject";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || ProcessTypes.In(model.Compilation) is not { } types
            || DialectOf(document, model, diagnostics[0].Id) is not { } dialect)
        {
            return null;
        }

        var (names, imports) = (new FreshNames(model), Imports.Of(document, root, model));
        var edits = new InsertedStatements(root, names);
        foreach (var diagnostic in diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
                && model.GetOperation(call, cancellation) is IInvocationOperation operation
                && Anchor.Of(call) is { IsConditional: false } anchor)
            {
                var site = new SnippetSite(call, anchor, dialect, model.Compilation, imports, names);
                var returnsNothing = anchor.ReturnsNothing(model, cancellation);
                switch (operation)
                {
                    case var execute when types.IsExecute(execute):
                        var hasNullable = model.GetNullableContext(call.SpanStart).AnnotationsEnabled();
                        if (CommandEnvironment.With(call, execute, hasNullable, site) is { } command)
                        {
                            edits.Add(anchor, returnsNothing, command.Statements);
                            edits.Replace(command.Access, command.Replacement);
                        }

                        break;
                    case { Instance: ILocalReferenceOperation { Local.Name: var process } }:
                        edits.Add(anchor, returnsNothing, [EnvironmentSnippet.Inject($"{process}.StartInfo.Environment", site)]);
                        break;
                    case { Arguments: [{ Value: var info }, ..] }
                        when types.IsStartInfo(info.Type) && info.Unconverted() is ILocalReferenceOperation { Local.Name: var name }:
                        edits.Add(anchor, returnsNothing, [EnvironmentSnippet.Inject($"{name}.Environment", site)]);
                        break;
                    case { Arguments: [{ Value: IObjectCreationOperation { Syntax: ObjectCreationExpressionSyntax made } info }, ..] }
                        when types.IsStartInfo(info.Type):
                        Pull(made, made, SyntaxFactory.IdentifierName);
                        break;
                    case { TargetMethod.IsStatic: true, Arguments.Length: <= 2 }
                        when types.IsStart(operation) && HasConstructorLike(operation.TargetMethod, types):
                        var type = SyntaxFactory.ParseTypeName(imports.NameAfterNew(types.StartInfo, call.SpanStart));
                        var value = SyntaxFactory.ObjectCreationExpression(
                            type.WithLeadingTrivia(SyntaxFactory.Space), call.ArgumentList.WithoutTrivia(), initializer: null);
                        var isNeeded = model.GetNullableContext(call.SpanStart).WarningsEnabled() && IsNeeded(call);
                        Pull(value, call, name => Started(call, name, isNeeded));
                        break;
                }

                void Pull(ExpressionSyntax value, SyntaxNode replaced, Func<string, SyntaxNode> replacement)
                {
                    var name = site.Local("startInfo", "processStartInfo");
                    var inject = EnvironmentSnippet.Inject($"{name}.Environment", site);
                    edits.Pull(anchor, returnsNothing, name, value, replaced, replacement(name), [inject]);
                }
            }
        }

        return edits.IsEmpty ? null : document.WithSyntaxRoot(imports.AddTo(edits.Apply()));
    }

    // With a start info, Start may return null, namely when a shell reuses a running process.
    private static ExpressionSyntax Started(InvocationExpressionSyntax call, string startInfo, bool isNeeded)
    {
        var argument = SyntaxFactory.Argument(SyntaxFactory.IdentifierName(startInfo));
        var started = call.WithArgumentList(SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(argument)));
        return isNeeded
            ? SyntaxFactory.PostfixUnaryExpression(SyntaxKind.SuppressNullableWarningExpression, started.WithoutTrailingTrivia())
                .WithTrailingTrivia(started.GetTrailingTrivia())
            : started.WithTrailingTrivia(call.GetTrailingTrivia());
    }

    private static bool IsNeeded(InvocationExpressionSyntax call) => call.Parent switch
    {
        ExpressionStatementSyntax => false,
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var process } declarator }
            => declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
                && member.DescendantNodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var name } && name == process),
        _ => true,
    };

    private static Dialect? DialectOf(Document document, SemanticModel model, string rule)
    {
        var settings = CompilationContext.For(model.Compilation, document.Project.AnalyzerOptions, rule).Settings;
        return InjectSnippet.DialectOf(model.Compilation, settings.At(model.SyntaxTree).FixDialect);
    }

    // ProcessStartInfo(string, IEnumerable<string>) is newer than the overload of Start with these parameters.
    private static bool HasConstructorLike(IMethodSymbol start, ProcessTypes types)
    {
        foreach (var constructor in types.StartInfo.InstanceConstructors)
        {
            var (own, others) = (constructor.Parameters, start.Parameters);
            if (constructor.DeclaredAccessibility is Accessibility.Public
                && own.Length == others.Length
                && own.All(parameter => SymbolEqualityComparer.Default.Equals(parameter.Type, others[parameter.Ordinal].Type)))
            {
                return true;
            }
        }

        return false;
    }
}
