using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>Finds the names that code gives to spans.</summary>
internal static class SpanNames
{
    /// <summary>Whether an expression may give a span a composed name, judging by its syntax.</summary>
    public static bool MayBe(ExpressionSyntax node) => node switch
    {
        InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call
            => call.CalledName() is { Identifier.ValueText: not "Start" } && arguments.Any(IsPutTogether),
        ObjectCreationExpressionSyntax { Type: SimpleNameSyntax { Identifier.ValueText: "Activity" }, ArgumentList.Arguments: [var name] }
            => IsPutTogether(name),
        _ => false,
    };

    /// <summary>The name that a call or an object creation gives.</summary>
    /// <returns>Null when it gives none.</returns>
    public static IOperation? Of(IOperation? operation, SpanWrappers spans, CancellationToken cancellation) => operation switch
    {
        IInvocationOperation call => spans.Of(call, cancellation)?.Name,
        IObjectCreationOperation { Arguments: [{ Value: var name }] } creation
            when SymbolEqualityComparer.Default.Equals(creation.Type, spans.Activity)
            => name,
        _ => null,
    };

    /// <summary>The name of what is called.</summary>
    public static SyntaxNode NameOf(ExpressionSyntax node)
        => node is InvocationExpressionSyntax call ? call.CalledName()! : ((ObjectCreationExpressionSyntax)node).Type;

    private static bool IsPutTogether(ArgumentSyntax argument) => argument.Expression is not LiteralExpressionSyntax;
}
