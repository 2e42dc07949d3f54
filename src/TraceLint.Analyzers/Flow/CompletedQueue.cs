using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Flow;

/// <summary>Loops over a queue that whoever starts them completes: they end when their items do.</summary>
internal static class CompletedQueue
{
    private static readonly HashSet<string> s_completions = new(StringComparer.Ordinal) { "Complete", "CompleteAdding", "TryComplete" };

    /// <summary>Whether the member around a place completes the queue of a loop, outside of the function that loops.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="place">The loop itself, or where the work that loops is started.</param>
    public static bool IsOf(StatementSyntax loop, SyntaxNode place)
    {
        var names = NamesIn(loop switch
        {
            CommonForEachStatementSyntax { Expression: var items } => items,
            WhileStatementSyntax { Condition: var condition } => condition,
            _ => null,
        });
        if (names.Count == 0 || EnclosingBody.Of(place) is not { } member)
        {
            return false;
        }

        foreach (var node in member.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && call.CalledName()?.Identifier.ValueText is { } called && s_completions.Contains(called)
                && NamesIn(call.Expression).Overlaps(names) && FunctionGraphs.FunctionAround(call) != FunctionGraphs.FunctionAround(loop))
            {
                return true;
            }
        }

        return false;
    }

    // _jobs, of _jobs.Reader.ReadAllAsync(token) and this._jobs.Writer.Complete(): what the members are read of.
    private static HashSet<string> NamesIn(ExpressionSyntax? expression)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var access in (expression?.DescendantNodesAndSelf() ?? []).OfType<MemberAccessExpressionSyntax>())
        {
            if (access.Expression is IdentifierNameSyntax { Identifier.ValueText: var owner })
            {
                names.Add(owner);
            }
            else if (access is { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var member })
            {
                names.Add(member);
            }
        }

        return names;
    }
}
