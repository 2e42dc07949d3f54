using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint;

/// <summary>The variable that holds a new span.</summary>
/// <param name="Statement">The statement that declares the variable.</param>
/// <param name="Access">The variable with the operator for a member access: <c>activity?.</c></param>
internal sealed record SpanVariable(StatementSyntax Statement, string Access)
{
    /// <summary>The variable of a span, given the call or creation that starts it.</summary>
    /// <returns>Null when there is no variable, or no statement can follow its declaration.</returns>
    public static SpanVariable? Of(ExpressionSyntax start)
    {
        // new Activity(name).SetParentId(...).Start() still returns the Activity.
        var whole = start;
        while (start is ObjectCreationExpressionSyntax
            && whole.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access
            && access.Expression == whole)
        {
            whole = call;
        }

        if (whole.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declared }
            || declared.Parent is not VariableDeclarationSyntax { Variables.Count: 1 } declaration)
        {
            return null;
        }

        var name = declared.Identifier.ValueText;
        var variable = start is ObjectCreationExpressionSyntax ? $"{name}." : $"{name}?.";
        return declaration.Parent switch
        {
            LocalDeclarationStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement
                => new SpanVariable(statement, variable),
            UsingStatementSyntax { Statement: BlockSyntax } statement => new SpanVariable(statement, variable),
            _ => null,
        };
    }
}
