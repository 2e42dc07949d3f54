using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>
/// The spans that may be current at a place: whatever starts one before it, in a block around it, and is not seen to end before
/// it. More than are certainly current (see <see cref="LiveSpans"/>), for a rule that stays silent under any.
/// </summary>
internal sealed class SpansAround(SpanWrappers wrappers, CompilationContext context)
{
    /// <summary>Whether one may be.</summary>
    /// <param name="node">The place.</param>
    /// <param name="since">Only those that start after this position count.</param>
    public bool Any(SyntaxNode node, int since, CancellationToken cancellation)
    {
        for (var (current, parent) = (node, node.Parent); parent is not null; (current, parent) = (parent, parent.Parent))
        {
            if (current is MemberDeclarationSyntax and not GlobalStatementSyntax)
            {
                return false;
            }

            var before = parent switch
            {
                UsingStatementSyntax statement when current == statement.Statement => new SyntaxNode?[] { statement.Declaration, statement.Expression }.OfType<SyntaxNode>(),
                BlockSyntax block => Before(current, block.Statements),
                SwitchSectionSyntax section => Before(current, section.Statements),
                CompilationUnitSyntax program => Before(current, program.Members.OfType<GlobalStatementSyntax>()),
                IfStatementSyntax { Condition: var condition } when current != condition => [condition],
                _ => [],
            };
            if (before.Any(statement => StartsAfter(statement, since, cancellation)))
            {
                return true;
            }
        }

        return false;
    }

    private static List<SyntaxNode> Before(SyntaxNode current, IEnumerable<SyntaxNode> siblings)
    {
        var before = new List<SyntaxNode>();
        foreach (var sibling in siblings)
        {
            if (sibling == current)
            {
                break;
            }

            var statement = sibling is GlobalStatementSyntax { Statement: var inner } ? inner : sibling;
            before.RemoveAll(other => other.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => SpanRegion.Ends(statement, SpanRegion.VariableOf(call, other))));
            if (statement is not (UsingStatementSyntax or LocalFunctionStatementSyntax))
            {
                before.Add(statement);
            }
        }

        return before;
    }

    private bool StartsAfter(SyntaxNode statement, int since, CancellationToken cancellation)
    {
        var isDeclared = statement is LocalDeclarationStatementSyntax or VariableDeclarationSyntax or ExpressionSyntax;
        foreach (var node in statement.DescendantNodesAndSelf(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or UsingStatementSyntax)))
        {
            if (node is InvocationExpressionSyntax call && call.SpanStart > since && call.CalledName()?.Identifier.ValueText is { } name
                && (SpanStarts.CalledNames.Contains(name) || wrappers.Contains(name, cancellation))
                && (isDeclared || !IsInNestedUsing(call, statement))
                && context.Of(call.SyntaxTree).GetOperation(call, cancellation) is IInvocationOperation operation && wrappers.LeavesSpan(operation, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInNestedUsing(SyntaxNode call, SyntaxNode statement)
        => call.Ancestors().TakeWhile(ancestor => ancestor != statement).Any(static ancestor => ancestor is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 });
}
