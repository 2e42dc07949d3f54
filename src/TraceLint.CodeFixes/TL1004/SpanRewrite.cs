using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>Finds the edit for an injection that loses the context.</summary>
internal static class SpanRewrite
{
    /// <summary>The edit, which is applied to the root of the file; null when there is no correct one.</summary>
    public static Func<SyntaxNode, SyntaxNode?>? Of(SpanSite site)
    {
        if (site.Lost.IsSkipped)
        {
            return SpanGuardRewrite.Of(site) ?? OfConditionalCall(site);
        }

        if (site.Injection is { IsHeader: true })
        {
            return SpanHeaderRewrite.Of(site);
        }

        return Replacements(site) is { } replacements
            ? root => root.ReplaceNodes(replacements.Keys, (original, _) => replacements[original])
            : null;
    }

    private static IReadOnlyDictionary<SyntaxNode, SyntaxNode>? Replacements(SpanSite site)
    {
        var call = (InvocationExpressionSyntax)site.Node;
        if (site.Injection is not null)
        {
            var first = site.CallOf(call)?.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0);
            return first?.Value.Syntax is ExpressionSyntax value ? SpanValueRewrite.Of(Outermost(value), site) : null;
        }

        // A helper may get another span only if it just reads the context of the span.
        if (site.CallOf(call) is not { } operation)
        {
            return null;
        }

        var values = new List<ExpressionSyntax>();
        foreach (var argument in operation.Arguments)
        {
            if (argument.Value.Syntax is ExpressionSyntax value
                && (site.IsSpan(value) || site.IsContext(site.Model.GetTypeInfo(value).ConvertedType)))
            {
                if (site.IsSpan(value) && !IsOnlyRead(argument, site))
                {
                    return null;
                }

                values.Add(Outermost(value));
            }
        }

        return SpanValueRewrite.Of(values, site);
    }

    private static bool IsOnlyRead(IArgumentOperation argument, SpanSite site)
        => argument.Parameter?.OriginalDefinition is { } parameter
            && site.DeclarationOf(parameter.ContainingSymbol) is { } declaration
            && site.ModelOf(declaration.SyntaxTree) is var model
            && SpanReads.Of(parameter, declaration, model).All(name => SpanReads.IsRead(name, site, model));

    // activity?.Context.InjectInto(message)
    private static Func<SyntaxNode, SyntaxNode?>? OfConditionalCall(SpanSite site)
    {
        if (site.Lost.Guard is not ExpressionSyntax { Parent: ConditionalAccessExpressionSyntax access } span
            || access.Expression != span
            || !access.WhenNotNull.Span.Contains(site.Node.Span)
            || span is not IdentifierNameSyntax name
            || !SpanReads.IsRead(name, site, site.Model))
        {
            return null;
        }

        return root => root.ReplaceNode(span, site.FallbackInParentheses(span));
    }

    private static ExpressionSyntax Outermost(ExpressionSyntax value)
    {
        while (value.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax)
        {
            value = (ExpressionSyntax)value.Parent;
        }

        return value;
    }
}
