using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Editing;

/// <summary>The variable that a new span is kept in.</summary>
/// <param name="Statement">The statement that declares it.</param>
/// <param name="Access">The variable and what comes before a member of it: <c>activity?.</c></param>
internal sealed record SpanVariable(StatementSyntax Statement, string Access)
{
    /// <summary>The variable for a call that starts a span, or the creation of one.</summary>
    /// <returns>Null when it is kept in none, or that cannot be followed by a statement.</returns>
    public static SpanVariable? Of(ExpressionSyntax start)
    {
        // new Activity(name).SetParentId(...).Start() is the activity still.
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
