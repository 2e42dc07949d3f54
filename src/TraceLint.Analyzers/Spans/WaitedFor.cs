using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>Whether a method waits for work by other means than its task: a signal, a counter, a queue that the work uses, too.</summary>
internal static class WaitedFor
{
    private static readonly HashSet<string> s_waits = new(StringComparer.Ordinal)
    {
        "GetResult", "Join", "ReadLine", "ReadKey", "Receive", "Result", "SignalAndWait", "Sleep", "SpinUntil", "Take", "Wait", "WaitAll", "WaitAny", "WaitAsync", "WaitForExit", "WaitOne",
    };

    private static readonly HashSet<string> s_alone = new(StringComparer.Ordinal) { "ReadLine", "ReadKey", "Sleep", "SpinUntil" };

    /// <summary>Whether something after a call waits on anything that the work has a hand in.</summary>
    /// <param name="call">What hands the work over.</param>
    /// <param name="work">The work.</param>
    public static bool After(SyntaxNode call, FunctionBody work, SemanticModel model, CancellationToken cancellation)
    {
        var shared = SharedWith(work, model, cancellation);
        foreach (var node in (EnclosingBody.Of(call) ?? call).DescendantNodes())
        {
            if (node.SpanStart <= call.Span.End || work.Function.Span.Contains(node.Span))
            {
                continue;
            }

            if (node is SimpleNameSyntax { Identifier.ValueText: var waits, Parent: MemberAccessExpressionSyntax access } && s_waits.Contains(waits)
                && (s_alone.Contains(waits) || Mentions(access, shared) || Mentions(access.Parent!, shared)))
            {
                return true;
            }

            if ((node is AwaitExpressionSyntax && Mentions(node, shared)) || (node is CommonForEachStatementSyntax { Expression: var items } && Mentions(items, shared)))
            {
                return true;
            }
        }

        return false;
    }

    // What the work was there to see, but for the span, and for what only says when to stop.
    private static HashSet<string> SharedWith(FunctionBody work, SemanticModel model, CancellationToken cancellation)
    {
        var shared = new HashSet<string>(StringComparer.Ordinal);
        if (work.Function.SyntaxTree != model.SyntaxTree)
        {
            return shared;
        }

        foreach (var name in work.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            if (model.GetSymbolInfo(name, cancellation).Symbol is (ILocalSymbol or IFieldSymbol) and var symbol && IsSignal(symbol)
                && !symbol.DeclaringSyntaxReferences.Any(declaration => work.Function.Span.Contains(declaration.Span)))
            {
                shared.Add(symbol.Name);
            }
        }

        return shared;
    }

    private static bool IsSignal(ISymbol symbol)
        => ((symbol as ILocalSymbol)?.Type ?? (symbol as IFieldSymbol)?.Type) is not { Name: "CancellationToken" or "Activity" or "TelemetrySpan" or "ActivitySource" };

    private static bool Mentions(SyntaxNode node, HashSet<string> names)
    {
        foreach (var name in node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            if (names.Contains(name.Identifier.ValueText))
            {
                return true;
            }
        }

        return false;
    }
}
