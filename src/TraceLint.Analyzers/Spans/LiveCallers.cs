using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>The span that is current where something runs, and the call through which it comes there.</summary>
/// <param name="Span">The span.</param>
/// <param name="Call">The call, inside the span, of the method that the place is in; null when the span is in that method itself.</param>
internal sealed record Ambient(LiveSpan Span, SyntaxNode? Call);

/// <summary>Finds the spans that are current at a place because it, or a visible caller of its method, is inside one.</summary>
internal sealed class LiveCallers(LiveSpans spans, CompilationContext context)
{
    private const int MaxCallers = 3;
    private const int MaxCalls = 50;

    /// <summary>The span that is current at a node; with several callers, one that is inside a span.</summary>
    /// <returns>Null when none can be seen, or something keeps it from coming there.</returns>
    public Ambient? At(SyntaxNode node, CancellationToken cancellation)
        => FlowSuppression.MayPrecede(node) ? null
            : spans.At(node, acrossFunctions: false, cancellation) is { } span ? new Ambient(span, null)
            : AtCallersOf(node, new HashSet<ISymbol>(SymbolEqualityComparer.Default), depth: 0, cancellation);

    private Ambient? AtCallersOf(SyntaxNode node, HashSet<ISymbol> seen, int depth, CancellationToken cancellation)
    {
        if (depth == MaxCallers || node.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is not null || MethodAround(node, cancellation) is not { } method || !seen.Add(method))
        {
            return null;
        }

        var calls = 0;
        foreach (var call in CallIndex.CallsOf(method.Name, context, cancellation))
        {
            if (++calls > MaxCalls)
            {
                return null;
            }

            if (Calls(call, method) && !FlowSuppression.MayPrecede(call.Syntax)
                && (spans.At(call.Syntax, acrossFunctions: false, cancellation) is { } span
                    ? new Ambient(span, call.Syntax)
                    : AtCallersOf(call.Syntax, seen, depth + 1, cancellation)) is { } ambient)
            {
                return ambient;
            }
        }

        return null;
    }

    private IMethodSymbol? MethodAround(SyntaxNode node, CancellationToken cancellation)
    {
        foreach (var ancestor in node.Ancestors())
        {
            if (ancestor is MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            {
                return context.Of(ancestor.SyntaxTree).GetDeclaredSymbol(ancestor, cancellation) as IMethodSymbol;
            }
        }

        return null;
    }

    private bool Calls(IInvocationOperation call, IMethodSymbol method)
    {
        var target = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        return SymbolEqualityComparer.Default.Equals(target, method)
            || (call.IsVirtual && context.MethodsOf(target, isVirtual: true).Contains(method, SymbolEqualityComparer.Default));
    }
}
