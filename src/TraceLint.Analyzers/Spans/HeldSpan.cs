using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>
/// A local that holds a span without a <c>using</c>: the code ends the span by hand, in a <c>finally</c> block or in a later statement. Judged
/// by syntax alone, and only where every use of the local is plain: whoever is passed the local may end the span.
/// </summary>
internal static class HeldSpan
{
    private static readonly string[] s_ends = ["Stop", "Dispose"];

    private enum Use
    {
        Plain,
        End,
        Unclear,
    }

    /// <summary>Whether the local still holds its span at a place, and the code around that place ends it.</summary>
    /// <param name="variable">The declaration of the local.</param>
    /// <param name="scope">The block that declares it.</param>
    /// <param name="place">A place after the declaration.</param>
    public static bool IsLiveAt(VariableDeclaratorSyntax variable, SyntaxNode scope, SyntaxNode place, CancellationToken cancellation)
    {
        if (!MayEndAfter(place, scope, cancellation))
        {
            return false;
        }

        var ends = false;
        foreach (var reference in ReferencesTo(variable, scope))
        {
            var use = UseOf(reference);
            if (use is Use.Plain)
            {
                continue;
            }

            if (use is Use.Unclear || reference.SpanStart < place.SpanStart || IsInOtherFunction(reference, scope) || IsInLoopAround(reference, place, scope))
            {
                return false;
            }

            ends |= EndsAfter(reference, scope, place);
        }

        return ends;
    }

    /// <summary>Whether the local holds what it was declared with until a place, at which something else takes over.</summary>
    /// <inheritdoc cref="IsLiveAt"/>
    public static bool HoldsUntil(VariableDeclaratorSyntax variable, SyntaxNode scope, SyntaxNode place)
        => ReferencesTo(variable, scope).All(reference => reference.SpanStart >= place.SpanStart || UseOf(reference) is Use.Plain);

    // Asked of the index, because most methods end nothing by hand.
    private static bool MayEndAfter(SyntaxNode place, SyntaxNode scope, CancellationToken cancellation)
    {
        var calls = FileIndex.Of(scope.SyntaxTree, cancellation).Calls;
        return s_ends.Any(name => calls.TryGetValue(name, out var spans) && spans.Any(span => span.Start >= place.SpanStart && scope.Span.Contains(span)));
    }

    private static IEnumerable<IdentifierNameSyntax> ReferencesTo(VariableDeclaratorSyntax variable, SyntaxNode scope)
        => scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name
            => name.Identifier.ValueText == variable.Identifier.ValueText
                && name.Parent is not (MemberBindingExpressionSyntax or NameColonSyntax)
                && !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name));

    private static Use UseOf(IdentifierNameSyntax reference) => reference.Parent switch
    {
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } when Ends(call) => Use.End,
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax } call }
            when Ends(call) => Use.End,
        MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or IsPatternExpressionSyntax => Use.Plain,
        BinaryExpressionSyntax comparison when comparison.IsKind(SyntaxKind.EqualsExpression) || comparison.IsKind(SyntaxKind.NotEqualsExpression) => Use.Plain,
        _ => Use.Unclear,
    };

    private static bool Ends(InvocationExpressionSyntax call)
        => call.CalledName() is { Identifier.ValueText: var name } && Array.IndexOf(s_ends, name) >= 0;

    private static bool IsInOtherFunction(SyntaxNode node, SyntaxNode scope)
        => node.Ancestors().TakeWhile(one => one != scope).Any(static one => one is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    // The next round of the loop finds the span ended.
    private static bool IsInLoopAround(SyntaxNode reference, SyntaxNode place, SyntaxNode scope)
        => reference.Ancestors().TakeWhile(one => one != scope).Any(one
            => one is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax && one.Span.Contains(place.Span));

    // In the block itself, where every path through it comes by, or in the finally block of a try around the place.
    private static bool EndsAfter(SyntaxNode reference, SyntaxNode scope, SyntaxNode place)
    {
        var statement = reference.FirstAncestorOrSelf<StatementSyntax>();
        return statement?.Parent == scope
            || (statement?.FirstAncestorOrSelf<FinallyClauseSyntax>() is { Parent: TryStatementSyntax attempt }
                && attempt.Span.Contains(place.Span)
                && scope.Span.Contains(attempt.Span));
    }
}
