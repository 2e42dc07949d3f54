using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>
/// The headers of EasyNetQ's properties. Until version 8 they always exist; since then they can only be set with new properties. A call
/// without properties passes headers with <c>WithHeaders</c>.
/// </summary>
internal sealed class EasyNetQHeaders(EasyNetQ bus) : AmqpHeaders
{
    public override Transport Transport => bus;

    public override bool IsAlwaysThere => bus.HasHeadersWhenNew;

    public override bool CanBeMade => false;

    public override string? Received(string variable, IReadOnlyList<ISymbol> symbols) => ReceivedByType(variable, symbols);

    public override string? ReceivedAs(ITypeSymbol type, string variable)
        => bus.IsProperties(type) ? $"{variable}.Headers" : $"{variable}.Properties.Headers";

    public override RewrittenPublish? Rewrite(
        InvocationExpressionSyntax call, IInvocationOperation operation, Func<INamedTypeSymbol, string> nameOf)
    {
        var arguments = call.ArgumentList.Arguments;
        if (operation.SemanticModel?.Compilation is not { } compilation
            || compilation.TypeNamed(EasyNetQ.Names.Headers) is not { } dictionary
            || arguments.Any(static argument => argument.NameColon is not null)
            || With(operation, arguments) is not { } with)
        {
            return null;
        }

        var type = dictionary.Construct(
            compilation.GetSpecialType(SpecialType.System_String), compilation.GetSpecialType(SpecialType.System_Object));
        return new RewrittenPublish(SyntaxFactory.ParseExpression($"new {nameOf(dictionary)}<string, object>()"), type, with)
        {
            Role = CarrierRole.Carrier,
        };
    }

    // Adds the headers to what configures the publish, or configures it.
    private static Func<string, ArgumentListSyntax>? With(IInvocationOperation operation, SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        var configure = Given(operation, "configure");
        var topic = Given(operation, "topic");
        var old = configure ?? topic;
        var start = configure is null ? topic is null ? "configuration => configuration" : $"configuration => configuration.WithTopic({topic.Expression})"
            : configure.Expression is SimpleLambdaExpressionSyntax { ExpressionBody: InvocationExpressionSyntax or IdentifierNameSyntax } lambda
                ? lambda.WithoutTrivia().ToString()
                : null;
        if (start is null || Given(operation, "message") is not { } message)
        {
            return null;
        }

        return name =>
        {
            var argument = SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"{start}.WithHeaders({name})"));
            return SyntaxFactory.ArgumentList(old is null
                ? arguments.Insert(arguments.IndexOf(message) + 1, argument)
                : arguments.Replace(old, argument.WithTriviaFrom(old)));
        };
    }

    private static ArgumentSyntax? Given(IInvocationOperation operation, string parameter)
        => operation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Syntax as ArgumentSyntax;
}
