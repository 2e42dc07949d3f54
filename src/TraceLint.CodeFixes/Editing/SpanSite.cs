using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Spans;

namespace TraceLint.Editing;

/// <summary>An injection that loses the context, with everything that an edit needs.</summary>
internal sealed class SpanSite(
    SyntaxNode node, LostContext lost, SpanModel spans, SemanticModel model, Imports imports, CancellationToken cancellation)
{
    public SyntaxNode Node => node;

    public LostContext Lost => lost;

    public SemanticModel Model => model;

    public FreshNames Names { get; } = new(model);

    public LanguageVersion Language { get; } = ((CSharpParseOptions)node.SyntaxTree.Options).LanguageVersion;

    /// <summary>The call of a propagator or the written header; null when the node is the call of a helper.</summary>
    public Injection? Injection => InjectionAt(node);

    public Injection? InjectionAt(SyntaxNode other) => spans.InjectionAt(other, cancellation);

    /// <summary>Whether another node loses its context, too.</summary>
    public bool IsLost(SyntaxNode other) => other == node || LostContext.At(other, spans, cancellation) is not null;

    /// <summary>The expression that falls back to the current span.</summary>
    public ExpressionSyntax Fallback(ExpressionSyntax span)
    {
        var needsNoParentheses = span is IdentifierNameSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression };
        var operand = needsNoParentheses ? $"{span.WithoutTrivia()}" : $"({span.WithoutTrivia()})";
        return SyntaxFactory.ParseExpression($"{operand} ?? {Current}").WithTriviaFrom(span);
    }

    /// <summary>The same expression in parentheses, so that a member can be read from it.</summary>
    public ExpressionSyntax FallbackInParentheses(ExpressionSyntax span)
        => SyntaxFactory.ParenthesizedExpression(Fallback(span.WithoutTrivia())).WithTriviaFrom(span);

    /// <summary>The expression <c>Activity.Current</c> at this place.</summary>
    public string Current => $"{imports.Name(spans.Types.Span, node.SpanStart)}.Current";

    /// <summary>The name of the type <c>Activity</c> in a pattern at this place.</summary>
    public string SpanType => imports.NameAfterNew(spans.Types.Span, node.SpanStart);

    public bool IsSpan(ExpressionSyntax expression) => spans.Types.IsSpan(model.GetTypeInfo(expression, cancellation).Type);

    public bool IsContext(ITypeSymbol? type) => spans.Types.IsContext(type);

    public ISymbol? SymbolOf(ExpressionSyntax expression) => model.GetSymbolInfo(expression, cancellation).Symbol;

    public IInvocationOperation? CallOf(ExpressionSyntax call) => model.GetOperation(call, cancellation) as IInvocationOperation;

    /// <summary>Whether an expression is already <c>Activity.Current</c>.</summary>
    public bool IsCurrent(ExpressionSyntax expression) => SymbolOf(expression) is IPropertySymbol property && spans.IsCurrent(property);

    public SyntaxNode? DeclarationOf(ISymbol symbol)
        => symbol.DeclaringSyntaxReferences is [var declaration] ? declaration.GetSyntax(cancellation) : null;

    /// <summary>The semantic model of another file of the project.</summary>
    public SemanticModel ModelOf(SyntaxTree tree) => spans.Context.Of(tree);
}
