using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>
/// Entries copied in a loop over the carrier of a received message: <c>foreach (var header in result.Message.Headers)</c>. A
/// loop that leaves any out, or asks anything of them, may leave out the context and is not one.
/// </summary>
internal static class CopiedEntry
{
    /// <summary>Whether an entry is the variable of such a loop, or something of it.</summary>
    public static bool IsOneOfAll(IOperation entry, Transport transport, CompilationContext context)
    {
        foreach (var operation in entry.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: [var declaration] }
                && declaration.GetSyntax() is ForEachStatementSyntax loop)
            {
                var model = context.Of(loop.SyntaxTree);
                return IsReceived(model.GetSymbolInfo(loop.Expression).Symbol, loop.Expression, model, transport) && !Chooses(loop.Statement);
            }
        }

        return false;
    }

    private static bool IsReceived(ISymbol? carrier, ExpressionSyntax expression, SemanticModel model, Transport transport)
        => transport.IsReceived(carrier?.ContainingType)
            || (expression is MemberAccessExpressionSyntax { Expression: var message } && transport.IsReceived(model.GetSymbolInfo(message).Symbol?.ContainingType));

    private static bool Chooses(StatementSyntax body)
    {
        foreach (var node in body.DescendantNodesAndSelf())
        {
            if (node is IfStatementSyntax or SwitchStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or ConditionalExpressionSyntax or TryStatementSyntax)
            {
                return true;
            }
        }

        return false;
    }
}
