using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Editing;

/// <summary>Adds an argument to a call for a parameter that has none.</summary>
internal static class NamedArgument
{
    /// <summary>Replaces a null argument, or adds a named argument before the other named ones.</summary>
    /// <param name="parameter">A parameter of the method, or of an overload that has all parameters of the method.</param>
    /// <param name="name">The name of the variable to pass.</param>
    public static ArgumentListSyntax Add(
        ArgumentListSyntax arguments, IInvocationOperation operation, IParameterSymbol parameter, string name)
    {
        var value = SyntaxFactory.IdentifierName(name);
        var given = operation.Arguments.FirstOrDefault(argument => !argument.IsImplicit && argument.Parameter?.Name == parameter.Name);
        if (given is { Syntax: ArgumentSyntax present })
        {
            return arguments.ReplaceNode(present.Expression, value.WithTriviaFrom(present.Expression));
        }

        // Arguments for parameters that follow in the longer overload have to be named, too.
        var nodes = arguments.Arguments.Select(static argument => argument.WithoutTrivia()).ToList();
        var index = nodes.FindIndex(static argument => argument.NameColon is not null);
        index = index < 0 ? nodes.Count : index;
        var isInPlace = index == nodes.Count && index == parameter.Ordinal && !parameter.ContainingSymbol.IsStatic;
        for (var i = parameter.Ordinal; i < index; i++)
        {
            var positional = operation.Arguments.FirstOrDefault(argument => argument.Syntax == arguments.Arguments[i]);
            nodes[i] = positional?.Parameter is { } other ? Named(other.Name, nodes[i].Expression) : nodes[i];
        }

        nodes.Insert(index, isInPlace ? SyntaxFactory.Argument(value) : Named(parameter.Name, value));

        return arguments.WithArguments(SyntaxFactory.SeparatedList(
            nodes, Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), nodes.Count - 1)));
    }

    private static ArgumentSyntax Named(string name, ExpressionSyntax value)
    {
        var colon = SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space);
        return SyntaxFactory.Argument(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(name), colon), default, value);
    }
}
