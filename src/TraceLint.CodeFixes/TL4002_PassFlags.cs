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
using TraceLint.Snippets;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>TL4002: passes the flags of the object that the ids come from.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL4002_PassFlags))]
public sealed class TL4002_PassFlags : ReplacingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL4002_ParentWithoutFlags.Id);

    private protected override string Title => "Pass the TraceFlags of the parent";

    private protected override string EquivalenceKey => "TL4002.PassFlags";

    private protected override Replacement? Replace(
        SyntaxNode reported, SemanticModel model, CompilationContext context, Imports imports, CancellationToken cancellation)
    {
        if (reported.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { ArgumentList: var arguments } call
            || model.Compilation.TypeNamed(SystemDiagnostics.Names.Activity) is not { } activity
            || model.GetOperation(call, cancellation) is not IInvocationOperation operation
            || ParentIds.Of(operation, activity) is not { } ids
            || FlagsInReach.Of(ids, call.SpanStart, model, cancellation) is not { } flags)
        {
            return null;
        }

        var argument = SyntaxFactory.Argument(SyntaxFactory.ParseExpression(flags));
        if (arguments.Arguments.Any(static other => other.NameColon is not null))
        {
            argument = argument.WithNameColon(SyntaxFactory.NameColon("activityTraceFlags").WithTrailingTrivia(SyntaxFactory.Space));
        }

        return new Replacement(
            arguments, arguments.WithArguments(arguments.Arguments.Insert(2, argument.WithLeadingTrivia(SyntaxFactory.Space))));
    }
}
