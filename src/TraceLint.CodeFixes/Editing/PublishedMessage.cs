using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Snippets;

namespace TraceLint.Editing;

/// <summary>
/// The argument with which a call publishes: a message, a batch, or a carrier that is passed to a helper. It is either a variable or an
/// expression that has to be extracted to a local.
/// </summary>
/// <param name="Value">The expression.</param>
/// <param name="Variable">The name of the variable; null when the expression has to be extracted.</param>
/// <param name="LocalType">The declared type of the local: <c>var</c>, or the type when the expression has no natural type.</param>
/// <param name="Anchor">The place for statements before the publish.</param>
/// <param name="ReturnsNothing">Whether an expression body of the anchor becomes an expression statement, not a return.</param>
internal sealed record PublishedMessage(ExpressionSyntax Value, string? Variable, string LocalType, Anchor Anchor, bool ReturnsNothing)
{
    public CarrierRole Role { get; private init; }

    public ITypeSymbol? Type { get; private init; }

    /// <summary>The member that holds the messages of a batch that is not a collection itself.</summary>
    public string? EntriesMember { get; private init; }

    /// <summary>Whether the edit itself creates the message.</summary>
    public bool IsNew { get; private init; }

    /// <summary>Changes the value in the declaration of the local, for example to add the carrier.</summary>
    public Func<ExpressionSyntax, ExpressionSyntax> Completed { get; init; } = static value => value;

    /// <summary>Candidate names for the local, the best first.</summary>
    public string[] LocalNames { get; private init; } = [];

    /// <summary>The node of the call that changes when the value is extracted, and its replacement, given the name of the local.</summary>
    public (SyntaxNode Node, Func<string, SyntaxNode> With) Replacement { get; private init; }

    /// <summary>Finds the published message of a call.</summary>
    /// <returns>Null when no statement can precede the call, or there is no message and the call cannot be rewritten.</returns>
    public static PublishedMessage? In(
        InvocationExpressionSyntax call,
        IInvocationOperation operation,
        CarrierCode carrier,
        ICarrierModel roles,
        Imports imports,
        SemanticModel model,
        CancellationToken cancellation)
    {
        if (Anchor.Of(call) is not { } anchor)
        {
            return null;
        }

        var returnsNothing = anchor.ReturnsNothing(model, cancellation);
        if (carrier.Transport.IsPublish(operation, out var message) && message is null)
        {
            return !anchor.IsConditional
                && carrier.Rewrite(call, operation, type => imports.NameAfterNew(type, call.SpanStart)) is { } rewritten
                && !UsesNamesOf(anchor.Node, call)
                    ? new PublishedMessage(rewritten.Message, null, "var", anchor, returnsNothing)
                    {
                        Role = rewritten.Role,
                        Type = rewritten.Type,
                        LocalNames = carrier.LocalNames(rewritten.Role),
                        Replacement = (call.ArgumentList, rewritten.Arguments),
                        IsNew = true,
                    }
                    : null;
        }

        message ??= roles.EffectOf(operation) is { Kind: CallEffectKind.Publish, Operand: { } published }
            ? published
            : ArgumentWithRole(operation, roles);
        if (message is null || Unwrap(message.Syntax) is not ExpressionSyntax argument)
        {
            return null;
        }

        var variable = model.GetSymbolInfo(argument, cancellation).Symbol switch
        {
            ILocalSymbol { RefKind: RefKind.None } local when IsDeclaredOutside(anchor.Node, local) => local.Name,
            IParameterSymbol { RefKind: RefKind.None } parameter => parameter.Name,
            _ => null,
        };

        if (variable is null && (anchor.IsConditional || UsesNamesOf(anchor.Node, argument)))
        {
            return null;
        }

        var type = model.GetTypeInfo(argument, cancellation) is { Type: { TypeKind: not TypeKind.Error } own }
            ? own
            : model.GetTypeInfo(argument, cancellation).ConvertedType;
        var localType = HasOwnType(argument)
            ? "var"
            : model.GetTypeInfo(argument, cancellation).ConvertedType?.ToMinimalDisplayString(model, argument.SpanStart) ?? "var";
        var role = roles.RoleOf(type);
        return new PublishedMessage(argument, variable, localType, anchor, returnsNothing)
        {
            Role = role,
            Type = type,
            EntriesMember = role is CarrierRole.Batch ? EntriesOf(type, roles) : null,
            LocalNames = carrier.LocalNames(role),
            Replacement = (argument, SyntaxFactory.IdentifierName),
        };
    }

    // The argument of a wrapper: a message in preference to headers.
    private static IOperation? ArgumentWithRole(IInvocationOperation call, ICarrierModel roles)
    {
        IOperation? found = null;
        foreach (var argument in call.Arguments)
        {
            switch (roles.RoleOf(argument.Parameter?.Type))
            {
                case CarrierRole.Message or CarrierRole.Batch:
                    return argument.IsImplicit ? null : argument.Value;
                case CarrierRole.Carrier when !argument.IsImplicit && !argument.Value.IsNull():
                    found = argument.Value;
                    break;
            }
        }

        return found;
    }

    private static string? EntriesOf(ITypeSymbol? type, ICarrierModel roles)
        => type?.GetMembers().FirstOrDefault(member => roles.RoleOfMember(member) is MemberRole.Messages)?.Name;

    private static SyntaxNode Unwrap(SyntaxNode node)
    {
        while (node is ParenthesizedExpressionSyntax parenthesized)
        {
            node = parenthesized.Expression;
        }

        return node;
    }

    private static bool IsDeclaredOutside(SyntaxNode anchor, ILocalSymbol local)
        => local.DeclaringSyntaxReferences is [var declaration] && !anchor.Span.Contains(declaration.Span);

    // A variable that the anchor itself declares, as `out var x` or in a pattern, does not exist before the anchor.
    private static bool UsesNamesOf(SyntaxNode anchor, ExpressionSyntax argument)
    {
        foreach (var node in anchor.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or BlockSyntax)))
        {
            if (node is SingleVariableDesignationSyntax { Identifier.ValueText: var name } && Mentions(argument, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Mentions(ExpressionSyntax expression, string name)
    {
        foreach (var token in expression.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasOwnType(ExpressionSyntax argument)
        => argument is ObjectCreationExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax
            or CastExpressionSyntax or ElementAccessExpressionSyntax
            or AssignmentExpressionSyntax { Right: ObjectCreationExpressionSyntax }
            or ConditionalExpressionSyntax { WhenTrue: ObjectCreationExpressionSyntax, WhenFalse: ObjectCreationExpressionSyntax };
}
