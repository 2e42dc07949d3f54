using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>Where the context does not flow because the code says so: ExecutionContext.SuppressFlow, Activity.Current = null.</summary>
internal static class FlowSuppression
{
    private const string SuppressFlow = "SuppressFlow";

    /// <summary>The word without which the flow is not suppressed.</summary>
    public static readonly string[] Words = [SuppressFlow];

    /// <summary>The <c>using</c> that suppresses the flow at a node, in the same function.</summary>
    /// <returns>The using statement or declaration; null when there is none.</returns>
    public static SyntaxNode? Around(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        for (var (current, parent) = (node, node.Parent); parent is not null; (current, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return null;
                case UsingStatementSyntax statement when current == statement.Statement && Suppresses(statement, model, cancellation):
                    return statement;
                case BlockSyntax block when DeclaredBefore(current, block, model, cancellation) is { } declaration:
                    return declaration;
            }
        }

        return null;
    }

    /// <summary>The declaration before a try statement whose finally block lets the flow that it suppresses go on.</summary>
    /// <returns>Null when the node is in no such try statement of the same function.</returns>
    public static SyntaxNode? UntilFinally(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        for (var (current, parent) = (node, node.Parent); parent is not null; (current, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return null;
                case TryStatementSyntax { Finally.Block: var last, Parent: BlockSyntax block } statement when current == statement.Block:
                    var declared = block.Statements.TakeWhile(other => other != statement).OfType<LocalDeclarationStatementSyntax>()
                        .LastOrDefault(other => Suppresses(other, model, cancellation));
                    if (declared is { Declaration.Variables: [{ Identifier.ValueText: var name }] }
                        && last.Statements.Any(other => IsUndone(other, name)))
                    {
                        return declared;
                    }

                    break;
            }
        }

        return null;
    }

    /// <summary>Whether something before a node, in the same member, may keep the context from flowing there.</summary>
    public static bool MayPrecede(SyntaxNode node)
    {
        AssignmentExpressionSyntax? last = null;
        var isRestored = false;
        foreach (var other in (EnclosingBody.Of(node) ?? node).DescendantNodes())
        {
            if (other.SpanStart >= node.SpanStart)
            {
                break;
            }

            if (other is SimpleNameSyntax { Identifier.ValueText: var name } && name.IndexOf("Suppress", StringComparison.Ordinal) >= 0 && Reaches(other, node))
            {
                return true;
            }

            if (other is AssignmentExpressionSyntax assignment && IsCurrent(assignment.Left))
            {
                isRestored = last is { Right: LiteralExpressionSyntax };
                last = assignment;
            }
        }

        return last is not null && (last.Right is LiteralExpressionSyntax || !isRestored);
    }

    /// <summary>Whether an expression is Activity.Current, however it is written.</summary>
    public static bool IsCurrent(ExpressionSyntax expression)
        => expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Current", Expression: var owner }
            && owner is SimpleNameSyntax { Identifier.ValueText: "Activity" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Activity" };

    // What a using has suppressed flows again where it ends.
    private static bool Reaches(SyntaxNode suppression, SyntaxNode node)
    {
        foreach (var ancestor in suppression.Ancestors())
        {
            switch (ancestor)
            {
                case UsingStatementSyntax { Statement: var statement } scope when !statement.Span.Contains(suppression.Span):
                    return scope.Span.Contains(node.Span);
                case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: { } block }:
                    return block.Span.Contains(node.Span);
                case StatementSyntax:
                    return true;
            }
        }

        return true;
    }

    private static SyntaxNode? DeclaredBefore(SyntaxNode current, BlockSyntax block, SemanticModel model, CancellationToken cancellation)
    {
        SyntaxNode? found = null;
        foreach (var statement in block.Statements)
        {
            if (statement == current)
            {
                break;
            }

            if (statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declaration && Suppresses(declaration, model, cancellation))
            {
                found = declaration;
            }
            else if (found is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Identifier.ValueText: var name }] } && IsUndone(statement, name))
            {
                found = null;
            }
        }

        return found;
    }

    private static bool IsUndone(StatementSyntax statement, string variable)
        => statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Undo" or "Dispose" or "RestoreFlow", Expression: var target } } }
            && (target.ToString() == variable || target.ToString().EndsWith("ExecutionContext", StringComparison.Ordinal));

    private static bool Suppresses(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        var value = node switch
        {
            UsingStatementSyntax { Expression: { } expression } => expression,
            UsingStatementSyntax { Declaration.Variables: [{ Initializer.Value: var initial }] } => initial,
            LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var initial }] } => initial,
            _ => null,
        };
        return value is InvocationExpressionSyntax call && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol
        {
            ReturnType: { Name: "AsyncFlowControl", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } }
        } method && (method.Name == SuppressFlow || IsHelper(method, cancellation));
    }

    // IsFlowSuppressed() ? default : SuppressFlow()
    private static bool IsHelper(IMethodSymbol method, CancellationToken cancellation)
        => method.DeclaringSyntaxReferences is [var declaration]
            && declaration.GetSyntax(cancellation).DescendantNodes().Any(static node => node is IdentifierNameSyntax { Identifier.ValueText: SuppressFlow });
}
