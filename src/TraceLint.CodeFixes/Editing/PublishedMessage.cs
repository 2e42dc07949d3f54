using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Editing;

/// <summary>The message of a publish, as an edit sees it: a variable that is there, or an expression to be pulled out into one.</summary>
/// <param name="Argument">The expression that is passed.</param>
/// <param name="Variable">The variable that it is; null when it has to be pulled out.</param>
/// <param name="LocalType">What to declare the pulled-out local with: <c>var</c>, or the type where the expression has none of its own.</param>
/// <param name="Anchor">Where statements can precede the publish.</param>
/// <param name="ReturnsNothing">Whether an expression body of the anchor becomes a statement, not a return.</param>
internal sealed record PublishedMessage(ExpressionSyntax Argument, string? Variable, string LocalType, Anchor Anchor, bool ReturnsNothing)
{
    /// <summary>Looks at the publish.</summary>
    /// <returns>Null when no statement can be put before it, or the message cannot be named there.</returns>
    public static PublishedMessage? In(InvocationExpressionSyntax call, IOperation message, SemanticModel model, CancellationToken cancellation)
    {
        if (Unwrap(message.Syntax) is not ExpressionSyntax argument || Anchor.Of(call) is not { } anchor)
        {
            return null;
        }

        var variable = model.GetSymbolInfo(argument, cancellation).Symbol switch
        {
            ILocalSymbol { RefKind: RefKind.None } local when IsDeclaredOutside(anchor.Node, local) => local.Name,
            IParameterSymbol { RefKind: RefKind.None } parameter => parameter.Name,
            _ => null,
        };

        if (variable is null && (anchor.IsConditional || UsesNamesOf(anchor.Node, argument)))
        {
            return null;
        }

        var localType = HasOwnType(argument)
            ? "var"
            : model.GetTypeInfo(argument, cancellation).ConvertedType?.ToMinimalDisplayString(model, argument.SpanStart) ?? "var";
        return new PublishedMessage(argument, variable, localType, anchor, ReturnsNothingFrom(anchor.Node, model, cancellation));
    }

    private static SyntaxNode Unwrap(SyntaxNode node)
    {
        while (node is ParenthesizedExpressionSyntax parenthesized)
        {
            node = parenthesized.Expression;
        }

        return node;
    }

    private static bool IsDeclaredOutside(SyntaxNode anchor, ILocalSymbol local)
        => local.DeclaringSyntaxReferences is [var declaration] && !anchor.Span.Contains(declaration.Span);

    // A variable that the anchor itself declares, `out var x` or a pattern, is not there yet before it.
    private static bool UsesNamesOf(SyntaxNode anchor, ExpressionSyntax argument)
    {
        foreach (var node in anchor.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or BlockSyntax)))
        {
            if (node is SingleVariableDesignationSyntax { Identifier.ValueText: var name } && Mentions(argument, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Mentions(ExpressionSyntax expression, string name)
    {
        foreach (var token in expression.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasOwnType(ExpressionSyntax argument)
        => argument is ObjectCreationExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax
            or CastExpressionSyntax or ElementAccessExpressionSyntax
            or AssignmentExpressionSyntax { Right: ObjectCreationExpressionSyntax }
            or ConditionalExpressionSyntax { WhenTrue: ObjectCreationExpressionSyntax, WhenFalse: ObjectCreationExpressionSyntax };

    private static bool ReturnsNothingFrom(SyntaxNode anchor, SemanticModel model, CancellationToken cancellation)
    {
        var symbol = anchor is LambdaExpressionSyntax ? model.GetSymbolInfo(anchor, cancellation).Symbol : model.GetDeclaredSymbol(anchor, cancellation);
        return symbol is IMethodSymbol method && (method.ReturnsVoid || method is { IsAsync: true, ReturnType: INamedTypeSymbol { Arity: 0 } });
    }
}
