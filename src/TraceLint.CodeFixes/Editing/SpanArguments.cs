using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Editing;

/// <summary>
/// Adds a parent or links to the arguments of a call that starts a span. An existing, empty argument is replaced. A new argument is
/// positional if all arguments before it are present, and named otherwise.
/// </summary>
internal sealed class SpanArguments(InvocationExpressionSyntax call, IInvocationOperation operation)
{
    private readonly bool _isTracer = operation.TargetMethod.ContainingType.Name == "Tracer";

    /// <summary>The arguments with a context as the parent.</summary>
    /// <param name="kind">The name of the type <c>ActivityKind</c> at this place.</param>
    /// <returns>Null when the method has no overload for it.</returns>
    public ArgumentListSyntax? WithParent(string context, string kind)
        => Replaced("parentContext", context)
            ?? Replaced("parentId", context, "parentContext")
            ?? Replaced("parentSpan", context, "parentContext")
            ?? (Has("parentContext") ? Named("parentContext", context)
                : OwnParameter() is { } parameter ? Named(parameter, context)
                : Appended(context, "parentContext", kind));

    /// <summary>The arguments with links.</summary>
    /// <param name="empty">The expression for an empty context, which is passed as the parent.</param>
    public ArgumentListSyntax? WithLinks(string links, string empty, string kind)
        => _isTracer ? null
            : Replaced("links", links)
            ?? (Has("links") ? Named("links", links)
                : OwnParameter() is not null ? null
                : Appended(empty, "parentContext", kind) is { } parented ? parented.AddArguments(Argument(links, "links")) : null);

    private bool IsOfLibrary => operation.TargetMethod.ContainingType.Name is "ActivitySource" or "Tracer";

    private bool Has(string parameter) => IsOfLibrary && operation.TargetMethod.Parameters.Any(one => one.Name == parameter);

    // A method of the project that starts the span may have an optional parameter for the parent.
    private string? OwnParameter()
    {
        var own = operation.TargetMethod.Parameters
            .FirstOrDefault(static parameter => parameter is { IsOptional: true, Type.Name: "ActivityContext" });
        return IsOfLibrary ? null : own?.Name;
    }

    private ArgumentListSyntax? Replaced(string parameter, string value, string? name = null)
    {
        foreach (var argument in operation.Arguments)
        {
            if (argument.Parameter?.Name == parameter
                && argument.ArgumentKind is ArgumentKind.Explicit
                && argument.Syntax is ArgumentSyntax syntax
                && IsOfLibrary)
            {
                var replaced = syntax.WithExpression(SyntaxFactory.ParseExpression(value).WithTriviaFrom(syntax.Expression))
                    .WithRefKindKeyword(default);
                return call.ArgumentList.ReplaceNode(
                    syntax,
                    name is not null && syntax.NameColon is { } colon
                        ? replaced.WithNameColon(colon.WithName(SyntaxFactory.IdentifierName(name)))
                        : replaced);
            }
        }

        return null;
    }

    private ArgumentListSyntax Named(string parameter, string value)
    {
        var arguments = call.ArgumentList.Arguments;
        var index = arguments.IndexOf(static argument => argument.NameColon is not null);
        return Inserted(index < 0 ? arguments.Count : index, [Argument(value, parameter)]);
    }

    // For an overload with or without a name, and with or without a kind.
    private ArgumentListSyntax? Appended(string value, string parameter, string kind)
    {
        if (!IsOfLibrary)
        {
            return null;
        }

        var arguments = call.ArgumentList.Arguments;
        var isNamed = arguments.Any(static argument => argument.NameColon is not null);
        if (isNamed && arguments[0].NameColon?.Name.Identifier.ValueText is null or "name" && arguments.Count <= 2)
        {
            // With named arguments only, two overloads would match.
            var unnamed = call.WithArgumentList(call.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(
                arguments.Select(static argument => argument.WithNameColon(null).WithTriviaFrom(argument)), arguments.GetSeparators())));
            return new SpanArguments(unnamed, operation).Appended(value, parameter, kind);
        }

        var hasKind = operation.Arguments.Any(
            static argument => argument is { Parameter.Name: "kind", ArgumentKind: ArgumentKind.Explicit });
        if (arguments.Count == 0 && _isTracer)
        {
            return null;
        }

        if (hasKind)
        {
            return Inserted(arguments.Count, [Argument(value, isNamed || arguments.Count == 1 ? parameter : null)]);
        }

        var kindArgument = Argument($"{kind}.Internal", isNamed ? "kind" : null);
        return Inserted(arguments.Count, [kindArgument, Argument(value, isNamed || arguments.Count == 0 ? parameter : null)]);
    }

    private ArgumentListSyntax Inserted(int index, IReadOnlyList<ArgumentSyntax> added)
    {
        var arguments = call.ArgumentList.Arguments;
        foreach (var argument in added)
        {
            arguments = arguments.Insert(index++, argument);
        }

        return call.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(
            arguments,
            Enumerable.Range(0, arguments.Count - 1).Select(position => position < call.ArgumentList.Arguments.SeparatorCount
                ? call.ArgumentList.Arguments.GetSeparator(position)
                : SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space))));
    }

    private static ArgumentSyntax Argument(string value, string? name)
    {
        var argument = SyntaxFactory.Argument(SyntaxFactory.ParseExpression(value));
        if (name is null)
        {
            return argument;
        }

        var colon = SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space);
        return argument.WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(name), colon));
    }
}
