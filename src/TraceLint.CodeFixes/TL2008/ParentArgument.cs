using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Snippets;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>Adds a parent to a call of <c>StartActivity</c> or <c>CreateActivity</c> that has none.</summary>
internal static class ParentArgument
{
    private const string Parameter = "parentContext";

    /// <summary>The call with the parent as an argument.</summary>
    /// <param name="start">The call.</param>
    /// <param name="parent">The context of the parent, an expression.</param>
    /// <param name="site">Where the call is.</param>
    /// <returns>Null when the call already has a parent, or no overload takes one.</returns>
    public static InvocationExpressionSyntax? AddTo(SpanStart start, string parent, SnippetSite site)
    {
        if (start is not { Api: SpanApi.ActivitySource, Call.Syntax: InvocationExpressionSyntax { ArgumentList: var list } call })
        {
            return null;
        }

        if ((start.Parent ?? start.ParentId) is { } given)
        {
            return IsNone(given) && given.Syntax.FirstAncestorOrSelf<ArgumentSyntax>() is { } argument && argument.Parent == list
                ? call.ReplaceNode(argument, Argument(parent, argument.NameColon is null ? null : Parameter).WithTriviaFrom(argument))
                : null;
        }

        var arguments = list.Arguments;
        if (start.Kind is null)
        {
            if (start.Name is null && start.Call.TargetMethod.Name is not "StartActivity")
            {
                return null;
            }

            var kind = $"{site.Name(SpanTypes.Names.ActivityKind)}.Internal";
            arguments = start.Name is null && arguments.Count > 0
                ? default
                : arguments.Add(Argument(kind, arguments.Count > 1 || HasNamed(arguments) ? "kind" : null));
        }

        // The parent follows the kind in every overload.
        var isNext = !HasNamed(arguments) && arguments.Count == (start.Name is null ? 1 : 2);
        return arguments.Count == 0
            ? null
            : call.WithArgumentList(list.WithArguments(arguments.Add(Argument(parent, isNext ? null : Parameter))));
    }

    private static bool IsNone(IOperation given)
        => given.Unconverted() is IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: null } };

    private static bool HasNamed(SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.NameColon is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static ArgumentSyntax Argument(string value, string? name)
        => SyntaxFactory.ParseArgumentList($"({(name is null ? "" : name + ": ")}{value})").Arguments[0];
}
