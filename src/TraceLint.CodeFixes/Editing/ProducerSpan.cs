using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Snippets;
using TraceLint.Spans;

namespace TraceLint.Editing;

/// <summary>The producer span that a fix starts around a publish where no span is current.</summary>
internal static class ProducerSpan
{
    /// <summary>The expression that starts the span.</summary>
    /// <param name="source">The source that starts the span, as found by <see cref="SourceInReach"/>.</param>
    /// <returns>
    /// Null where a <c>using</c> around the statement would end the span too early or too late, or take a variable out of scope.
    /// </returns>
    public static string? Around(
        InvocationExpressionSyntax call,
        IInvocationOperation operation,
        Anchor anchor,
        string source,
        SnippetSite site,
        Compilation compilation)
    {
        if (anchor.IsConditional || !IsOver(call, operation, anchor) || Written(source, site, compilation) is not { } written)
        {
            return null;
        }

        var name = DestinationOf(operation) is { } destination ? $"publish {destination}" : "publish";
        return $"{written}.StartActivity(\"{name}\", {site.Name(SpanTypes.Names.ActivityKind)}.Producer)";
    }

    // The span must not end before the publish does.
    private static bool IsOver(InvocationExpressionSyntax call, IInvocationOperation operation, Anchor anchor)
    {
        if (!anchor.HasExpressionBody && anchor.Node is not (ExpressionStatementSyntax or ReturnStatementSyntax))
        {
            return false;
        }

        return operation.Type is not { Name: "Task" or "ValueTask" }
            || call.Ancestors().TakeWhile(ancestor => ancestor != anchor.Node).Any(static ancestor
                => ancestor is AwaitExpressionSyntax
                    or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" or "Result" or "GetResult" });
    }

    private static string? Written(string source, SnippetSite site, Compilation compilation)
        => !source.Contains(':') ? source
            : DocumentationCommentId.GetFirstSymbolForDeclarationId(source, compilation) is { ContainingType: { } owner } member
                ? $"{site.Name(owner)}.{member.Name}"
            : null;

    // Only a constant, because the names of spans must be few.
    private static string? DestinationOf(IInvocationOperation operation)
    {
        foreach (var argument in operation.Arguments)
        {
            if (argument.Parameter?.Name is "topic" or "subject" or "routingKey"
                && argument.Value.ConstantValue is { HasValue: true, Value: string { Length: > 0 } name }
                && name.All(static letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_'))
            {
                return name;
            }
        }

        return null;
    }
}
