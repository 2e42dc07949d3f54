using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>
/// The headers of RabbitMQ's properties, which are null on new properties. A publish without properties gets new ones.
/// </summary>
internal sealed class RabbitHeaders(RabbitMq rabbit) : AmqpHeaders
{
    public override Transport Transport => rabbit;

    public override string? Received(string variable, IReadOnlyList<ISymbol> symbols) => $"{variable}.BasicProperties.Headers";

    // The channel creates the properties, so it must be an expression that can be repeated.
    public override RewrittenPublish? Rewrite(
        InvocationExpressionSyntax call, IInvocationOperation operation, Func<INamedTypeSymbol, string> nameOf)
    {
        var given = operation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "basicProperties");
        if (call.Expression is not MemberAccessExpressionSyntax access
            || access.Expression is not (IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax })
            || given?.Parameter is not { Type: { } type })
        {
            return null;
        }

        var made = SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression,
                access.Expression.WithoutTrivia(),
                SyntaxFactory.IdentifierName("CreateBasicProperties")));
        return new RewrittenPublish(made, type, name => With(call.ArgumentList, given, SyntaxFactory.IdentifierName(name)));
    }

    // Replaces a null argument; else adds a named argument before the other named ones.
    private static ArgumentListSyntax With(ArgumentListSyntax arguments, IArgumentOperation given, IdentifierNameSyntax properties)
    {
        if (!given.IsImplicit && given.Syntax is ArgumentSyntax present)
        {
            return arguments.ReplaceNode(present.Expression, properties.WithTriviaFrom(present.Expression));
        }

        var index = arguments.Arguments.IndexOf(static argument => argument.NameColon is not null);
        index = index < 0 ? arguments.Arguments.Count : index;
        var nodes = arguments.Arguments.Select(static argument => argument.WithoutTrivia()).ToList();
        var colon = SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space);
        var name = SyntaxFactory.NameColon(SyntaxFactory.IdentifierName("basicProperties"), colon);
        nodes.Insert(index, SyntaxFactory.Argument(name, default, properties));
        return arguments.WithArguments(SyntaxFactory.SeparatedList(
            nodes, Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), nodes.Count - 1)));
    }
}
