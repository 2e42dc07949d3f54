using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Propagation;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>The edit that gives a command of CliWrap an environment with the context.</summary>
/// <param name="Statements">The statements before the command is executed.</param>
/// <param name="Access">The access to the method that executes it.</param>
/// <param name="Replacement">The same access, to the command with the environment.</param>
internal sealed record CommandEnvironment(
    IEnumerable<string> Statements, MemberAccessExpressionSyntax Access, MemberAccessExpressionSyntax Replacement)
{
    private const string Setter = "WithEnvironmentVariables";

    /// <summary>The edit for a call.</summary>
    /// <returns>Null where the command has an environment already, which a second one would replace.</returns>
    public static CommandEnvironment? With(
        InvocationExpressionSyntax call, IInvocationOperation execute, bool hasNullable, SnippetSite site)
    {
        if (call.Expression is not MemberAccessExpressionSyntax access || SetsEnvironment(execute))
        {
            return null;
        }

        var environment = site.Local("variables", "environmentVariables");
        var type = $"{site.NameAfterNew("System.Collections.Generic.Dictionary`2")}<string, string{(hasNullable ? "?" : "")}>";
        var command = SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, access.Expression, access.OperatorToken, SyntaxFactory.IdentifierName(Setter)),
            SyntaxFactory.ParseArgumentList($"({environment})"));
        return new CommandEnvironment(
            [$"var {environment} = new {type}();", EnvironmentSnippet.Inject(environment, site)],
            access,
            access.WithExpression(command.WithTrailingTrivia(access.Expression.GetTrailingTrivia())));
    }

    // Also in what a local is declared with.
    private static bool SetsEnvironment(IInvocationOperation execute)
    {
        foreach (var operation in ComputedFrom.Of(execute.Instance ?? execute.Arguments[0].Value, CancellationToken.None))
        {
            if (operation.DescendantsAndSelf().Any(static inner => inner is IInvocationOperation { TargetMethod.Name: Setter }))
            {
                return true;
            }
        }

        return false;
    }
}
