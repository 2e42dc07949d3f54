using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Rules;
using TraceLint.Snippets;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>
/// TL4001: takes the flags from the object that the ids come from. A text built from a span is replaced by its <c>Id</c>; any other
/// text gets the flags of the context.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL4001_KeepFlags))]
public sealed class TL4001_KeepFlags : ReplacingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL4001_InventedFlags.Id);

    private protected override string Title => "Propagate the TraceFlags that belong to the ids";

    private protected override string EquivalenceKey => "TL4001.KeepFlags";

    private protected override Replacement? Replace(
        SyntaxNode reported, SemanticModel model, CompilationContext context, Imports imports, CancellationToken cancellation)
    {
        if (model.Compilation.TypeNamed(SystemDiagnostics.Names.Activity) is not { } activity)
        {
            return null;
        }

        var flags = new InventedFlags(activity, context);
        foreach (var expression in reported.AncestorsAndSelf().OfType<ExpressionSyntax>())
        {
            if (InventedFlags.MayBe(expression) && flags.Find(expression, model, cancellation) is { } found)
            {
                if (found.IsText)
                {
                    return Id(found, expression, activity, model, cancellation) ?? Text(found, model, cancellation);
                }

                return FlagsInReach.Of(found.Ids, expression.SpanStart, model, cancellation) is { } known
                    ? new Replacement(found.Flags, SyntaxFactory.ParseExpression(known))
                    : null;
            }
        }

        return null;
    }

    // Only for a span that is never null: the text was never null either.
    private static Replacement? Id(
        InventedFlag found, ExpressionSyntax whole, INamedTypeSymbol activity, SemanticModel model, CancellationToken cancellation)
    {
        if (FlagsInReach.HolderOf(found.Ids, whole.SpanStart, model, cancellation) is not { IsConditional: false } holder
            || !SymbolEqualityComparer.Default.Equals(holder.Type, activity)
            || IdSource.Of(found.Ids.TraceId, cancellation).Member?.Name is not "TraceId"
            || IdSource.Of(found.Ids.SpanId, cancellation).Member?.Name is not "SpanId")
        {
            return null;
        }

        var isNullable = model.GetNullableContext(whole.SpanStart).AnnotationsEnabled();
        return new Replacement(whole, SyntaxFactory.ParseExpression($"{holder.Text}.Id{(isNullable ? "!" : "")}"));
    }

    private static Replacement? Text(InventedFlag found, SemanticModel model, CancellationToken cancellation)
    {
        if (FlagsInReach.OfMaybe(found.Ids, found.Flags.SpanStart, model, cancellation) is not { } flags)
        {
            return null;
        }

        var hole = $"{{(int){flags}:x2}}";
        return found.Flags switch
        {
            InterpolatedStringTextSyntax text
                => new Replacement(text.Parent!, SyntaxFactory.ParseExpression(BeforeFlags(text) + hole + AfterFlags(text))),
            LiteralExpressionSyntax { Parent: BinaryExpressionSyntax, Token.Text: [.., '"'] text }
                => new Replacement(found.Flags, SyntaxFactory.ParseExpression($"${text.Substring(0, text.Length - 3)}{hole}\"")),
            _ => null,
        };
    }

    private static string BeforeFlags(InterpolatedStringTextSyntax text)
        => text.Parent!.ToString().Substring(0, text.Span.End - text.Parent.SpanStart - 2);

    private static string AfterFlags(InterpolatedStringTextSyntax text)
        => text.Parent!.ToString().Substring(text.Span.End - text.Parent.SpanStart);
}
