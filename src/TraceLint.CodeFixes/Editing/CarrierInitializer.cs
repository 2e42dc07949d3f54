using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Snippets;

namespace TraceLint.Editing;

/// <summary>
/// Adds the carrier to the object initializer where a message is created, as one would write it by hand. Only if the same body creates
/// the message without a carrier, and nothing before the publish can set one.
/// </summary>
internal sealed class CarrierInitializer(CarrierCode carrier, ICarrierModel roles, SemanticModel model, CancellationToken cancellation)
{
    /// <summary>The <c>new</c> expression that creates the published message.</summary>
    /// <param name="call">The call that publishes.</param>
    /// <returns>Null when the message comes from elsewhere, or the carrier cannot be set there.</returns>
    public BaseObjectCreationExpressionSyntax? CreationOf(InvocationExpressionSyntax call, PublishedMessage message)
    {
        if (message.Role is not CarrierRole.Message || !carrier.CanBeMade || carrier.IsAlwaysThere)
        {
            return null;
        }

        if (message.Variable is null)
        {
            return message.Value is BaseObjectCreationExpressionSyntax made && (message.IsNew || IsWithoutCarrier(made)) ? made : null;
        }

        return model.GetSymbolInfo(message.Value, cancellation).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var reference] } local
            && reference.GetSyntax(cancellation) is VariableDeclaratorSyntax declarator
            && declarator.Initializer?.Value is BaseObjectCreationExpressionSyntax creation
            && IsWithoutCarrier(creation) && StaysWithout(local, declarator, call)
                ? creation
                : null;
    }

    /// <summary>Adds the carrier to the initializer of a <c>new</c> expression, in the layout of the other members.</summary>
    /// <param name="empty">An empty carrier, an expression.</param>
    public static BaseObjectCreationExpressionSyntax With(BaseObjectCreationExpressionSyntax creation, string member, string empty)
    {
        var added = SyntaxFactory.ParseExpression($"{member} = {empty}");
        if (creation.Initializer is { Expressions.Count: > 0 } initializer)
        {
            return creation.WithInitializer(initializer.WithExpressions(SeparatedLists.Append(initializer.Expressions, added)));
        }

        var trailing = creation.GetTrailingTrivia();
        var only = ((ObjectCreationExpressionSyntax)SyntaxFactory.ParseExpression($"new X {{ {added} }}")).Initializer!
            .WithTrailingTrivia(trailing);
        var bare = creation.WithoutTrailingTrivia();
        if (bare is ObjectCreationExpressionSyntax made && (made.ArgumentList is null || IsBlank(made.ArgumentList)))
        {
            return made.WithArgumentList(null).WithType(made.Type.WithTrailingTrivia(SyntaxFactory.Space)).WithInitializer(only);
        }

        return bare.WithArgumentList(bare.ArgumentList!.WithTrailingTrivia(SyntaxFactory.Space)).WithInitializer(only);
    }

    private static bool IsBlank(ArgumentListSyntax list)
        => list.Arguments.Count == 0
            && list.DescendantTrivia().All(static trivia => trivia.Kind() is SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia);

    // Also false for an initializer with a directive in it.
    private bool IsWithoutCarrier(BaseObjectCreationExpressionSyntax creation)
        => model.GetOperation(creation, cancellation) is IObjectCreationOperation { Type: { } type, Constructor: { } constructor }
            && roles.IsEmptyWhenNew(type)
            && constructor.Parameters.All(parameter => roles.RoleOf(parameter.Type) is CarrierRole.None)
            && creation.Initializer is null or { ContainsDirectives: false, RawKind: (int)SyntaxKind.ObjectInitializerExpression }
            && creation.Initializer?.Expressions.All(IsOtherMember) is not false;

    private bool IsOtherMember(ExpressionSyntax member)
        => member is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var name } } && name != carrier.Member;

    // Whether only other members of the message are used, and the message is passed only to publishes.
    private bool StaysWithout(ILocalSymbol local, VariableDeclaratorSyntax declarator, InvocationExpressionSyntax call)
    {
        if (declarator.FirstAncestorOrSelf<StatementSyntax>()?.Parent is not { } scope)
        {
            return false;
        }

        scope = scope is GlobalStatementSyntax ? scope.Parent! : scope;
        var mayRunAgain = call.Ancestors().TakeWhile(node => node != scope).Any(static node
            => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax
                or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
        foreach (var node in scope.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name
                && (mayRunAgain || name.SpanStart < call.Span.End)
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, local) && !IsHarmless(name))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsHarmless(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax { Parent: not InvocationExpressionSyntax } access
            => access.Expression == name && access.Name.Identifier.ValueText != carrier.Member,
        ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax other }
            => model.GetOperation(other, cancellation) is IInvocationOperation operation && carrier.Transport.IsPublish(operation, out _),
        _ => false,
    };
}
