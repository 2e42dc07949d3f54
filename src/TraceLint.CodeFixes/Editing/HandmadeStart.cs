using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Editing;

/// <summary>The start of an <c>Activity</c> that is created with <c>new</c> and kept in a variable.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Made">The expression that creates the Activity, when the same statement starts it; null when it exists before.</param>
/// <param name="Statement">The statement that starts the Activity, which is in a list of statements.</param>
internal sealed record HandmadeStart(string Variable, ExpressionSyntax? Made, StatementSyntax Statement)
{
    /// <summary>Reads a call of <c>Start</c>.</summary>
    /// <returns>Null unless it is <c>var activity = new Activity(name).Start();</c> or <c>activity.Start();</c>.</returns>
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
