using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>
/// A message of Azure Service Bus that is sent with all application properties of a received one. Among them is the context of that
/// message, and the client injects only where no context is.
/// </summary>
internal static class CopiedProperties
{
    private const string Properties = "ApplicationProperties";

    /// <summary>The names of the methods that send: a cheap check before the semantic one.</summary>
    public static readonly string[] CalledNames = ["ScheduleMessageAsync", "SendMessageAsync"];

    /// <summary>Finds the loop that copies the properties to the message that a call sends.</summary>
    /// <returns>The loop and the access to the properties of the sent message; null when there is no such loop.</returns>
    public static (CommonForEachStatementSyntax Loop, MemberAccessExpressionSyntax Written)? Before(
        IInvocationOperation send, INamedTypeSymbol received, SemanticModel model, CancellationToken cancellation)
    {
        if (!SymbolEqualityComparer.Default.Equals(send.TargetMethod.ContainingAssembly, received.ContainingAssembly)
            || send.Arguments is not [{ Value: ILocalReferenceOperation { Local: var message } }, ..]
            || EnclosingBody.Of(send.Syntax) is not { } body)
        {
            return null;
        }

        foreach (var node in body.DescendantNodes())
        {
            if (node is CommonForEachStatementSyntax { Parent: BlockSyntax block } loop
                && block.Span.Contains(send.Syntax.Span)
                && loop.Span.End < send.Syntax.SpanStart
                && Written(loop, message.Name) is { } written
                && model.GetOperation(loop.Expression, cancellation) is IPropertyReferenceOperation { Property: { Name: Properties } from }
                && SymbolEqualityComparer.Default.Equals(from.ContainingType, received)
                && !body.DescendantNodes().Any(other => SetsContext(other)))
            {
                return (loop, written);
            }
        }

        return null;
    }

    // The only statement of the loop writes the entry as it is.
    private static MemberAccessExpressionSyntax? Written(CommonForEachStatementSyntax loop, string message)
    {
        var (key, value) = loop switch
        {
            ForEachStatementSyntax { Identifier.ValueText: var entry } => ($"{entry}.Key", $"{entry}.Value"),
            ForEachVariableStatementSyntax
            {
                Variable: DeclarationExpressionSyntax
                {
                    Designation: ParenthesizedVariableDesignationSyntax { Variables: [var first, var second] }
                }
            }
                => (first.ToString(), second.ToString()),
            _ => default,
        };
        var body = loop.Statement is BlockSyntax { Statements: [var only] } ? only : loop.Statement;
        var written = body is ExpressionStatementSyntax statement
            ? statement.Expression switch
            {
                AssignmentExpressionSyntax
                {
                    Left: ElementAccessExpressionSyntax { Expression: var target, ArgumentList.Arguments: [var index] },
                    Right: var right,
                }
                    when index.ToString() == key && right.ToString() == value => target,
                InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Expression: var target, Name.Identifier.ValueText: "Add" },
                    ArgumentList.Arguments: [var name, var text],
                }
                    when name.ToString() == key && text.ToString() == value => target,
                _ => null,
            }
            : null;
        return written is MemberAccessExpressionSyntax { Name.Identifier.ValueText: Properties } access
            && access.Expression is IdentifierNameSyntax variable
            && variable.Identifier.ValueText == message
                ? access
                : null;
    }

    // A trace header that is named, an entry that is removed, or a propagator.
    private static bool SetsContext(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression, Token.ValueText: var text }
            => TraceVocabulary.BelongsToContext(text),
        InvocationExpressionSyntax call => call.CalledName() is { Identifier.ValueText: var name }
            && (name is "Remove" or "Clear" || TraceVocabulary.Injects(name)),
        _ => false,
    };
}
