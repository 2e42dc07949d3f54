using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>Calls of the project's own helpers that may inject. Most calls are none, so names are asked first.</summary>
internal static class InjectingCall
{
    /// <summary>Whether a node may be one, going by its name alone.</summary>
    public static bool IsCandidate(SyntaxNode node)
        => node is InvocationExpressionSyntax { ArgumentList.Arguments.Count: var count } call && (count > 0 || call.Expression is MemberBindingExpressionSyntax)
            && call.CalledName()?.Identifier.ValueText is { } name && TraceVocabulary.MayInject(name);

    /// <summary>Whether it is a call of a helper of this project that may inject, in a body that starts a span.</summary>
    public static bool MayInject(SyntaxNode node, SpanModel model, SemanticModel semantics, CancellationToken cancellation)
        => EnclosingBody.Of(node) is { } body && model.StartsSpan(body)
            && semantics.GetOperation(node, cancellation) is IInvocationOperation { TargetMethod: var method } && model.Context.Has(method)
            && model.Reaches(method.OriginalDefinition, cancellation) && (method.MethodKind is MethodKind.LocalFunction || model.IsWorthFollowing(method.OriginalDefinition, cancellation));

    /// <summary>Whether a body has a call that sounds like starting a span.</summary>
    public static bool StartsSpan(SyntaxNode body)
    {
        foreach (var node in body.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && call.CalledName()?.Identifier.ValueText is { } name && TraceVocabulary.IsAboutSpans(name))
            {
                return true;
            }
        }

        return false;
    }
}
