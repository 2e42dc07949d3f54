using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Rules;

/// <summary>
/// Code that creates a context from a text or from ids and does not mark it as remote: <c>ActivityContext.TryParse</c> with three
/// arguments, <c>Parse</c>, <c>new ActivityContext</c> without <c>isRemote</c>. Such a context counts as one of this process.
/// </summary>
internal static class UnmarkedContext
{
    private const string Context = "ActivityContext";

    /// <summary>The name of what creates such a context.</summary>
    /// <returns>Null when it is other code, or says whether the context is remote.</returns>
    public static SyntaxToken? NameOf(SyntaxNode node, INamedTypeSymbol context, SemanticModel model, CancellationToken cancellation)
        => !MayBe(node) ? null : model.GetOperation(node, cancellation) switch
        {
            IInvocationOperation { TargetMethod: { Name: "Parse", ContainingType: { } owner } } call
                when Is(owner, context) => NameOf(call),
            IInvocationOperation { TargetMethod: { Name: "TryParse", Parameters.Length: 3, ContainingType: { } owner } } call
                when Is(owner, context) => NameOf(call),
            IObjectCreationOperation { Type: { } type } creation when Is(type, context) && !SaysWhether(creation) => NameOf(creation),
            _ => null,
        };

    // Judging by the syntax.
    private static bool MayBe(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryParse" or "Parse", Expression: var owner }
        }
            => IsContext(owner),
        ObjectCreationExpressionSyntax { Type: var type, ArgumentList.Arguments.Count: >= 2 } => IsContext(type),
        _ => false,
    };

    // Hard-coded flags are a different mistake, which TL4001 reports.
    private static bool SaysWhether(IObjectCreationOperation creation)
    {
        foreach (var argument in creation.Arguments)
        {
            if (argument is { Parameter.Name: "isRemote", ArgumentKind: ArgumentKind.Explicit }
                or { Parameter.Name: "traceFlags", Value.ConstantValue.HasValue: true })
            {
                return true;
            }
        }

        return false;
    }

    private static SyntaxToken NameOf(IOperation operation) => operation.Syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier: var name } } => name,
        ObjectCreationExpressionSyntax { Type: var type } => type.GetLastToken(),
        var node => node.GetFirstToken(),
    };

    private static bool IsContext(SyntaxNode name) => name switch
    {
        IdentifierNameSyntax { Identifier.ValueText: var text } => text == Context,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var text } => text == Context,
        QualifiedNameSyntax { Right.Identifier.ValueText: var text } => text == Context,
        _ => false,
    };

    private static bool Is(ITypeSymbol type, INamedTypeSymbol known) => SymbolEqualityComparer.Default.Equals(type, known);
}
