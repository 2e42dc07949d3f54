using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>The statement that creates a span, as a declaration of a local that can have a using.</summary>
internal static class HeldSpan
{
    /// <summary>Finds the statement.</summary>
    /// <param name="call">The call that starts the span.</param>
    /// <returns>The statement, and the declaration that replaces it; null when the declaration cannot have a using.</returns>
    public static (StatementSyntax Statement, LocalDeclarationStatementSyntax Declaration)? DeclarationOf(
        InvocationExpressionSyntax call, SemanticModel model, FreshNames names, CancellationToken cancellation)
    {
        if (call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver }
            && model.GetSymbolInfo(receiver, cancellation).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var made] } local
            && SymbolEqualityComparer.Default.Equals(local.Type, model.GetTypeInfo(call, cancellation).Type))
        {
            return OfLocal(made.GetSyntax(cancellation), local, model, cancellation);
        }

        return call.FirstAncestorOrSelf<StatementSyntax>() switch
        {
            LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: { } value } variable] }
                when Yields(value, call, model, cancellation) && model.GetDeclaredSymbol(variable, cancellation) is ILocalSymbol declared
                => OfLocal(variable, declared, model, cancellation),
            ExpressionStatementSyntax { Expression: var expression } statement
                when Undiscarded(expression) is var value
                    && value is not AssignmentExpressionSyntax && Yields(value, call, model, cancellation)
                => (statement, Declare(names.ForLocal(ScopeOf(statement), statement.SpanStart, "activity", "span"), value, statement)),
            _ => null,
        };
    }

    private static (StatementSyntax, LocalDeclarationStatementSyntax)? OfLocal(
        SyntaxNode declarator, ILocalSymbol local, SemanticModel model, CancellationToken cancellation)
        => declarator is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration }
            && declaration.Parent is LocalDeclarationStatementSyntax statement
            && !IsWritten(local, statement, model, cancellation)
                ? (statement, statement)
                : null;

    // _ = source.StartActivity(name);
    private static ExpressionSyntax Undiscarded(ExpressionSyntax expression)
        => expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: var right }
            ? right
            : expression;

    // Whether an expression is the span itself, not something that is read from it.
    private static bool Yields(
        ExpressionSyntax expression, InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
        => SymbolEqualityComparer.Default.Equals(
            model.GetTypeInfo(expression, cancellation).Type, model.GetTypeInfo(call, cancellation).Type);

    private static bool IsWritten(ILocalSymbol local, StatementSyntax statement, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var node in ScopeOf(statement).DescendantNodes())
        {
            if (node is IdentifierNameSyntax { Identifier.ValueText: var name }
                && name == local.Name
                && node.Parent is AssignmentExpressionSyntax { Left: var target }
                && target == node
                && model.GetOperation(node, cancellation) is ILocalReferenceOperation { Local: var written }
                && SymbolEqualityComparer.Default.Equals(written, local))
            {
                return true;
            }
        }

        return false;
    }

    private static SyntaxNode ScopeOf(StatementSyntax statement)
        => statement.Parent is GlobalStatementSyntax { Parent: { } program } ? program : statement.Parent!;

    private static LocalDeclarationStatementSyntax Declare(string name, ExpressionSyntax value, StatementSyntax statement)
    {
        var declaration = (LocalDeclarationStatementSyntax)SyntaxFactory.ParseStatement($"var {name} = null;");
        return declaration.ReplaceNode(declaration.Declaration.Variables[0].Initializer!.Value, value.WithoutTrivia())
            .WithTriviaFrom(statement);
    }
}
