using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>
/// Whether the reader of a queue runs inside the span in which an item is written: it was started there, by <c>Task.Run</c>, a local
/// function, or a method of the project that is called there. Such a reader already has that span as its parent.
/// </summary>
internal sealed class StartedInSpan(CallingSpan calling, CompilationContext context)
{
    private const int MaxCallers = 3;

    /// <summary>Whether a reader runs inside the span of a write.</summary>
    /// <param name="reader">The code that takes an item off the queue.</param>
    /// <param name="write">The code that writes an item, inside a span.</param>
    public bool Holds(SyntaxNode reader, SyntaxNode write, CancellationToken cancellation)
    {
        var spans = calling.SpansAround(write, cancellation);
        var body = EnclosingBody.Of(write);

        // The span of a request or of a caller covers the whole method.
        var hasOwn = body is null || spans.Exists(span => body.Contains(span.Scope));
        return (!hasOwn && IsStartedIn(body!, after: 0, reader, depth: 0, cancellation))
            || (spans.Count > 0 && spans.TrueForAll(span => IsStartedIn(span.Scope, span.Call.Span.End, reader, depth: 0, cancellation)));
    }

    private bool IsStartedIn(SyntaxNode scope, int after, SyntaxNode place, int depth, CancellationToken cancellation)
    {
        for (var (node, parent) = (place, place.Parent); parent is not null; (node, parent) = (parent, parent.Parent))
        {
            switch (node)
            {
                case LocalFunctionStatementSyntax or MethodDeclarationSyntax:
                    return depth < MaxCallers && IsOnlyCalledIn(scope, after, node, depth + 1, cancellation);
                // An event handler runs in the context in which the event is raised.
                case ExpressionSyntax when parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression }:
                    return false;
            }

            if (parent == scope)
            {
                return node.SpanStart >= after;
            }
        }

        return false;
    }

    private bool IsOnlyCalledIn(SyntaxNode scope, int after, SyntaxNode function, int depth, CancellationToken cancellation)
    {
        if (context.Of(function.SyntaxTree).GetDeclaredSymbol(function, cancellation) is not IMethodSymbol method)
        {
            return false;
        }

        var calls = 0;
        foreach (var call in CallIndex.CallsOf(method.Name, context, cancellation))
        {
            if (Callers.Calls(call, method))
            {
                calls++;
                if (!IsStartedIn(scope, after, call.Syntax, depth, cancellation))
                {
                    return false;
                }
            }
        }

        foreach (var mention in CallIndex.MentionsOf(method.Name, context, cancellation))
        {
            var named = context.Of(mention.SyntaxTree).GetSymbolInfo(mention, cancellation).Symbol;
            if (SymbolEqualityComparer.Default.Equals(named?.OriginalDefinition, method))
            {
                calls++;
                if (!IsStartedIn(scope, after, mention, depth, cancellation))
                {
                    return false;
                }
            }
        }

        return calls > 0;
    }
}
