using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>
/// The spans that a function may make current: by any API that is known, by a helper, or by a method of a library that sounds like
/// it. For a question that has to be answered with certainty, so that what merely may be a span counts as one.
/// </summary>
internal sealed class StartedSpans(SpanWrappers wrappers, CompilationContext context)
{
    private static readonly string[] s_spanWords = ["Span", "Activity", "Operation", "Trac", "Transaction", "Telemetry"];

    /// <summary>Whether a span that the function starts may be current at a place in it.</summary>
    /// <param name="function">A lambda, a method, a local function or a file with top-level statements.</param>
    /// <param name="place">The place; null when it runs at any time, so that any span counts.</param>
    public bool MayBeCurrent(SyntaxNode function, SyntaxNode? place, CancellationToken cancellation)
    {
        foreach (var node in function.DescendantNodes(inner => inner == function || !IsSeparate(inner)))
        {
            if (MayStart(node, cancellation) && !(place is not null && HasEnded(node, place)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSeparate(SyntaxNode node)
        => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax;

    private bool MayStart(SyntaxNode node, CancellationToken cancellation) => node switch
    {
        InvocationExpressionSyntax call when call.CalledName()?.Identifier.ValueText is { } name => MayStart(call, name, cancellation),
        BaseObjectCreationExpressionSyntax creation when ResourceAround(creation) is not null
            => context.Of(creation.SyntaxTree).GetTypeInfo(creation, cancellation).Type is { } type && SoundsLikeSpan(type.Name) && !Has("Source", type.Name),
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Current", Expression: var owner }, Right: var value }
            => owner.ToString().EndsWith("Activity", StringComparison.Ordinal) && !value.IsKind(SyntaxKind.NullLiteralExpression),
        _ => false,
    };

    private bool MayStart(InvocationExpressionSyntax call, string name, CancellationToken cancellation)
    {
        if (name is "WithSpan" || (name is not "Start" && SpanStarts.CalledNames.Contains(name)) || context.Settings.MayStartSpan(name, call.SyntaxTree))
        {
            return true;
        }

        var isStart = name.StartsWith("Start", StringComparison.Ordinal) || name.StartsWith("Begin", StringComparison.Ordinal);
        if (isStart && name is not "BeginScope" && !name.StartsWith("BeginTransaction", StringComparison.Ordinal) && (SoundsLikeSpan(name) || ResourceAround(call) is not null))
        {
            return true;
        }

        return (name is "Start" || wrappers.Contains(name, cancellation))
            && context.Of(call.SyntaxTree).GetOperation(call, cancellation) is IInvocationOperation operation && wrappers.LeavesSpan(operation, cancellation);
    }

    private static bool SoundsLikeSpan(string name) => Array.Exists(s_spanWords, word => Has(word, name));

    private static bool Has(string word, string name) => name.IndexOf(word, StringComparison.Ordinal) >= 0;

    // A using has ended what it started outside of its scope, and has not begun before it.
    private static bool HasEnded(SyntaxNode start, SyntaxNode place) => ResourceAround(start) switch
    {
        UsingStatementSyntax statement => !statement.Statement.Span.Contains(place.Span),
        LocalDeclarationStatementSyntax { Parent: { } scope } declaration
            => !(scope is GlobalStatementSyntax ? scope.Parent! : scope).Span.Contains(place.Span) || place.SpanStart < declaration.SpanStart,
        _ => false,
    };

    // The using that a value is the resource of, not one in whose body it stands.
    private static StatementSyntax? ResourceAround(SyntaxNode value)
    {
        for (var (current, parent) = (value, value.Parent); parent is not null; (current, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case UsingStatementSyntax statement:
                    return current == statement.Statement ? null : statement;
                case LocalDeclarationStatementSyntax declaration:
                    return declaration.UsingKeyword.RawKind != 0 ? declaration : null;
                case StatementSyntax or AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }
}
