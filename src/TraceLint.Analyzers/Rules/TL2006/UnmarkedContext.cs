using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Rules;

/// <summary>
/// Code that creates a context from a text or from ids and does not mark it as remote: <c>ActivityContext.TryParse</c> with three
/// arguments, <c>Parse</c>, <c>new ActivityContext</c> without <c>isRemote</c>. Such a context counts as one of this process.
/// </summary>
/// <param name="Name">The name to report.</param>
/// <param name="Sources">The values from which the context is created.</param>
/// <param name="Result">The operation that returns the context, or the out argument that receives it.</param>
internal sealed record UnmarkedContext(SyntaxToken Name, IReadOnlyList<IOperation> Sources, IOperation Result)
{
    private const string Context = "ActivityContext";

    /// <summary>Whether a node may be such code, judging by its syntax.</summary>
    public static bool MayBe(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryParse" or "Parse", Expression: var owner }
        }
            => IsContext(owner),
        ObjectCreationExpressionSyntax { Type: var type, ArgumentList.Arguments.Count: >= 2 } => IsContext(type),
        _ => false,
    };

    /// <summary>The code at a node.</summary>
    /// <returns>Null when it is other code, or says whether the context is remote.</returns>
    public static UnmarkedContext? At(SyntaxNode node, INamedTypeSymbol context, SemanticModel model, CancellationToken cancellation)
        => model.GetOperation(node, cancellation) switch
        {
            IInvocationOperation { TargetMethod: { Name: "Parse", ContainingType: { } owner } } call when Is(owner, context)
                => new UnmarkedContext(NameOf(call), [.. call.Arguments.Select(static argument => argument.Value)], call),
            IInvocationOperation { TargetMethod: { Name: "TryParse", Parameters.Length: 3, ContainingType: { } owner } } call
                when Is(owner, context)
                && call.Arguments.FirstOrDefault(static argument => argument.Parameter?.RefKind is RefKind.Out) is { Value: var result }
                => new UnmarkedContext(
                    NameOf(call),
                    [.. call.Arguments
                        .Where(static argument => argument.Parameter?.RefKind is RefKind.None)
                        .Select(static argument => argument.Value)],
                    result),
            IObjectCreationOperation { Type: { } type } creation when Is(type, context) && !SaysWhether(creation)
                => new UnmarkedContext(NameOf(creation), [.. creation.Arguments.Select(static argument => argument.Value)], creation),
            _ => null,
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
