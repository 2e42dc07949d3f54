using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Editing;

/// <summary>The start of an <c>Activity</c> that is made by hand and kept in a variable.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Made">What makes it, when the same expression starts it; null when it is made before.</param>
/// <param name="Statement">The statement of the start, which stands in a list.</param>
internal sealed record HandmadeStart(string Variable, ExpressionSyntax? Made, StatementSyntax Statement)
{
    /// <summary>The start of a call of <c>Start</c>.</summary>
    /// <returns>Null where it is neither <c>var activity = new Activity(name).Start();</c> nor <c>activity.Start();</c>.</returns>
    public static HandmadeStart? Of(InvocationExpressionSyntax call) => call switch
    {
        {
            Expression: MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "Start",
                Expression: not IdentifierNameSyntax and var made,
            },
            Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable },
        } when variable.Parent is VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration }
            => new HandmadeStart(variable.Identifier.ValueText, made, declaration),
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Start", Expression: IdentifierNameSyntax name },
            Parent: ExpressionStatementSyntax statement,
        } when StatementEdits.IsInList(statement) => new HandmadeStart(name.Identifier.ValueText, null, statement),
        _ => null,
    };
}
