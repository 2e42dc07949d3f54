using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Snippets;

namespace TraceLint.Editing;

/// <summary>
/// What a call publishes, as an edit sees it - a message, a batch, or the carrier that a helper is handed -: a variable
/// that is there, or an expression to be pulled out into one.
/// </summary>
/// <param name="Value">The expression.</param>
/// <param name="Variable">The variable that it is; null when it has to be pulled out.</param>
/// <param name="LocalType">What to declare the pulled-out local with: <c>var</c>, or the type where the expression has none of its own.</param>
/// <param name="Anchor">Where statements can precede the publish.</param>
/// <param name="ReturnsNothing">Whether an expression body of the anchor becomes a statement, not a return.</param>
internal sealed record PublishedMessage(ExpressionSyntax Value, string? Variable, string LocalType, Anchor Anchor, bool ReturnsNothing)
{
    public CarrierRole Role { get; private init; }

    public ITypeSymbol? Type { get; private init; }

    /// <summary>The member that holds the messages, when it is a batch that is no collection itself.</summary>
    public string? EntriesMember { get; private init; }

    /// <summary>Whether it is made by the edit itself.</summary>
    public bool IsNew { get; private init; }

    /// <summary>What the value becomes where it is pulled out to.</summary>
    public Func<ExpressionSyntax, ExpressionSyntax> Completed { get; init; } = static value => value;

    /// <summary>Names for the local, when there has to be one.</summary>
    public string[] LocalNames { get; private init; } = [];

    /// <summary>What changes in the call when the value is pulled out, and into what, given the name of the local.</summary>
    public (SyntaxNode Node, Func<string, SyntaxNode> With) Replacement { get; private init; }

    /// <summary>Looks at the publish.</summary>
    /// <returns>Null when no statement can be put before it, or there is nothing that could be named or written anew.</returns>
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

        message ??= ArgumentWithRole(operation, roles);
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

    // What a wrapper is handed: rather the message than its headers.
    private static IOperation? ArgumentWithRole(IInvocationOperation call, ICarrierModel roles)
    {
        IOperation? found = null;
        foreach (var argument in call.Arguments)
        {
            switch (roles.RoleOf(argument.Parameter?.Type))
            {
                case CarrierRole.Message or CarrierRole.Batch:
                    return argument.IsImplicit ? null : argument.Value;
                case CarrierRole.Carrier when !argument.IsImplicit && argument.Value.ConstantValue is not { HasValue: true, Value: null }:
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

    // A variable that the anchor itself declares, `out var x` or a pattern, is not there yet before it.
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
