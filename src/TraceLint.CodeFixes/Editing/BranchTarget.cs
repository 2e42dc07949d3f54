using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Editing;

/// <summary>What a statement does with the value of a choice: returns, awaits or assigns it.</summary>
internal sealed class BranchTarget
{
    private readonly StatementSyntax _statement;
    private readonly SyntaxAnnotation _mark;

    private BranchTarget(StatementSyntax statement, SyntaxAnnotation mark, StatementSyntax? declaration)
        => (_statement, _mark, Declaration, Leaves) = (statement, mark, declaration, statement is ReturnStatementSyntax);

    /// <summary>The declaration of the variable to which the value is assigned; null when the statement declares none.</summary>
    public StatementSyntax? Declaration { get; }

    /// <summary>Whether control leaves the method at the statement.</summary>
    public bool Leaves { get; }

    /// <summary>The target of the choice in a statement.</summary>
    /// <returns>Null when the statement evaluates something before the choice, or does more with its value.</returns>
    public static BranchTarget? Of(StatementSyntax statement, ExpressionSyntax choice, SemanticModel model, CancellationToken cancellation)
    {
        var mark = new SyntaxAnnotation();
        if (WholeOf(choice) is not { } whole)
        {
            return null;
        }

        switch (statement)
        {
            case ReturnStatementSyntax { Expression: { } value } when value == whole:
            case ExpressionStatementSyntax { Expression: AwaitExpressionSyntax awaited } when awaited == whole:
                return new BranchTarget(Marked(statement, choice, mark), mark, declaration: null);
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } assignment }
                when assignment.Right == whole && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)
                    && model.GetSymbolInfo(left, cancellation).Symbol is ILocalSymbol or IParameterSymbol or IDiscardSymbol:
                return new BranchTarget(Marked(statement, choice, mark), mark, declaration: null);
            case LocalDeclarationStatementSyntax
            {
                UsingKeyword.RawKind: 0,
                IsConst: false,
                Declaration: { Variables: [var variable] } declared,
            }
                when variable.Initializer?.Value == whole && declared.Type is not RefTypeSyntax
                    && TypeOf(variable, whole, declared, model, cancellation) is { } type:
                var assign = (ExpressionStatementSyntax)SyntaxFactory.ParseStatement($"{variable.Identifier.Text} = x;");
                var right = ((AssignmentExpressionSyntax)assign.Expression).Right;
                return new BranchTarget(
                    assign.ReplaceNode(right, Marked(whole, choice, mark)),
                    mark,
                    SyntaxFactory.ParseStatement($"{type} {variable.Identifier.Text};"));
            default:
                return null;
        }
    }

    /// <summary>The statement with the choice replaced by one of its arms.</summary>
    public StatementSyntax With(ExpressionSyntax arm)
    {
        if (arm is ThrowExpressionSyntax thrown)
        {
            return SyntaxFactory.ThrowStatement(Outdent.Node(thrown.Expression));
        }

        var place = _statement.GetAnnotatedNodes(_mark).Single();
        var isNested = place.Parent is AwaitExpressionSyntax or MemberAccessExpressionSyntax;
        var value = Outdent.Node(arm);
        value = isNested && !IsPrimary(value) ? SyntaxFactory.ParenthesizedExpression(value) : value;
        return _statement.ReplaceNode(place, value).WithoutTrivia();
    }

    /// <summary>Whether the statement does nothing for an arm, because it awaits a completed task.</summary>
    public bool DoesNothing(ExpressionSyntax arm)
        => _statement is ExpressionStatementSyntax { Expression: AwaitExpressionSyntax }
            && arm is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask", Expression: IdentifierNameSyntax type }
            && type.Identifier.ValueText is "Task" or "ValueTask";

    /// <summary>Whether an expression needs no parentheses after an operator or before a dot.</summary>
    public static bool IsPrimary(ExpressionSyntax value)
        => value is InvocationExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax
            or ParenthesizedExpressionSyntax or BaseObjectCreationExpressionSyntax;

    // The choice with parentheses, await and ConfigureAwait around it; null when more is done with its value.
    private static ExpressionSyntax? WholeOf(ExpressionSyntax choice)
    {
        var whole = choice;
        while (true)
        {
            switch (whole.Parent)
            {
                case ParenthesizedExpressionSyntax or AwaitExpressionSyntax:
                    whole = (ExpressionSyntax)whole.Parent;
                    break;
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access
                    when access.Name.Identifier.ValueText is "ConfigureAwait" && access.Expression == whole:
                    whole = call;
                    break;
                case ExpressionSyntax and not AssignmentExpressionSyntax:
                    return null;
                default:
                    return whole;
            }
        }
    }

    // The parentheses around the choice are not needed around an arm, so they are replaced with it.
    private static T Marked<T>(T node, ExpressionSyntax choice, SyntaxAnnotation mark)
        where T : SyntaxNode
    {
        var place = choice;
        while (place.Parent is ParenthesizedExpressionSyntax outer && node.Span.Contains(outer.Span) && outer != (SyntaxNode)node)
        {
            place = outer;
        }

        return place == (SyntaxNode)node
            ? node.WithoutTrivia().WithAdditionalAnnotations(mark)
            : node.ReplaceNode(place, SyntaxFactory.IdentifierName("x").WithAdditionalAnnotations(mark)).WithoutTrivia();
    }

    // The declared type; for var, the type of the value.
    private static string? TypeOf(
        VariableDeclaratorSyntax variable,
        ExpressionSyntax value,
        VariableDeclarationSyntax declaration,
        SemanticModel model,
        CancellationToken cancellation)
    {
        if (!declaration.Type.IsVar)
        {
            return declaration.Type.WithoutTrivia().ToString();
        }

        if (model.GetDeclaredSymbol(variable, cancellation) is not ILocalSymbol { Type: var type })
        {
            return null;
        }

        if (model.GetTypeInfo(value, cancellation).Nullability.FlowState is NullableFlowState.NotNull)
        {
            type = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        }

        return type.TypeKind is TypeKind.Error || type.IsAnonymousType ? null : type.ToMinimalDisplayString(model, value.SpanStart);
    }
}
