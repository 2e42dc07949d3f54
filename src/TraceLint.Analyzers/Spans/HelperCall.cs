using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>Calls of the project's own helpers that may inject. Most calls are none, so names are asked first.</summary>
internal static class HelperCall
{
    /// <summary>Whether a node may be one, going by its name and by the names around it.</summary>
    public static bool IsCandidate(SyntaxNode node)
        => node is InvocationExpressionSyntax { ArgumentList.Arguments.Count: var count } call && call.CalledName()?.Identifier.ValueText is { } name
            && (count > 0 || call.Expression is MemberBindingExpressionSyntax) && TraceNames.SoundLike(name) && StartsSpan(node);

    /// <summary>Whether it is a call of a helper of this project that may inject.</summary>
    public static bool MayInject(SyntaxNode node, SpanModel model, SemanticModel semantics, CancellationToken cancellation)
        => semantics.GetOperation(node, cancellation) is IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.IsEmpty: false } method }
            && (method.MethodKind is MethodKind.LocalFunction || model.IsWorthFollowing(method.OriginalDefinition, cancellation));

    // A call that sounds like starting a span, in the member around it.
    private static bool StartsSpan(SyntaxNode node)
    {
        foreach (var other in EnclosingBody.Of(node)?.DescendantNodes() ?? [])
        {
            if (other is InvocationExpressionSyntax call && call.CalledName()?.Identifier.ValueText is { } name
                && (name.IndexOf("Activity", StringComparison.Ordinal) >= 0 || name.IndexOf("Span", StringComparison.Ordinal) >= 0))
            {
                return true;
            }
        }

        return false;
    }
}
