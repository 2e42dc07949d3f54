using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>A place where code looks for a header by name, as far as its syntax says.</summary>
/// <param name="Name">The name that it looks for.</param>
/// <param name="Subject">What the name is looked for in; in a comparison, what it is compared with.</param>
/// <param name="Comparison">Whether the name is compared with that of one header.</param>
/// <param name="Api">What to call the lookup in a message.</param>
internal sealed record HeaderLookup(ExpressionSyntax Name, ExpressionSyntax Subject, bool Comparison, string Api)
{
    private static readonly HashSet<string> s_calls =
        new(StringComparer.Ordinal) { "ContainsKey", "GetLastBytes", "GetValueOrDefault", "TryGetLastBytes", "TryGetValue" };

    /// <summary>The lookup of a name; null when the name is used for something else, or letter case is ignored.</summary>
    public static HeaderLookup? Of(ExpressionSyntax name) => name.Parent switch
    {
        ArgumentSyntax { Parent: ArgumentListSyntax { Arguments: var arguments, Parent: InvocationExpressionSyntax call } } argument
            => InCall(name, argument, arguments, call),
        ArgumentSyntax { Parent: BracketedArgumentListSyntax { Arguments.Count: 1, Parent: ElementAccessExpressionSyntax element } }
            => IsWritten(element) ? null : new HeaderLookup(name, element.Expression, Comparison: false, "Indexer"),
        ArgumentSyntax { Parent: BracketedArgumentListSyntax { Arguments.Count: 1, Parent: ElementBindingExpressionSyntax element } }
            => AccessedBy(element) is { } subject ? new HeaderLookup(name, subject, Comparison: false, "Indexer") : null,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison
            => Compared(name, comparison.Left == name ? comparison.Right : comparison.Left),
        CaseSwitchLabelSyntax { Parent.Parent: SwitchStatementSyntax { Expression: var subject } } => Compared(name, subject),
        ConstantPatternSyntax pattern => MatchedBy(pattern) is { } subject ? Compared(name, subject) : null,
        _ => null,
    };

    private static HeaderLookup Compared(ExpressionSyntax name, ExpressionSyntax subject) => new(name, subject, Comparison: true, "Key");

    private static HeaderLookup? InCall(
        ExpressionSyntax name, ArgumentSyntax argument, SeparatedSyntaxList<ArgumentSyntax> arguments, InvocationExpressionSyntax call)
    {
        if (call.CalledName() is not { Identifier.ValueText: var called } || ReceiverOf(call) is not { } receiver)
        {
            return null;
        }

        if (called == "Equals")
        {
            return arguments.Count == 1 ? Compared(name, receiver)
                : arguments.Count == 2 && receiver is PredefinedTypeSyntax or IdentifierNameSyntax { Identifier.ValueText: "String" }
                    ? Compared(name, arguments[arguments[0] == argument ? 1 : 0].Expression)
                : null;
        }

        return arguments[0] == argument && s_calls.Contains(called) ? new HeaderLookup(name, receiver, Comparison: false, called) : null;
    }

    private static ExpressionSyntax? ReceiverOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Expression: var receiver } => receiver,
        MemberBindingExpressionSyntax binding => AccessedBy(binding),
        _ => null,
    };

    private static ExpressionSyntax? AccessedBy(SyntaxNode binding)
        => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>(access => access.WhenNotNull.Span.Contains(binding.Span))
            ?.Expression;

    private static ExpressionSyntax? MatchedBy(SyntaxNode pattern)
    {
        while (pattern.Parent is PatternSyntax)
        {
            pattern = pattern.Parent;
        }

        return pattern.Parent switch
        {
            IsPatternExpressionSyntax { Expression: var subject } => subject,
            CasePatternSwitchLabelSyntax { Parent.Parent: SwitchStatementSyntax { Expression: var subject } } => subject,
            SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax { GoverningExpression: var subject } } => subject,
            _ => null,
        };
    }

    private static bool IsWritten(ElementAccessExpressionSyntax element)
        => element.Parent is AssignmentExpressionSyntax { Left: var target } && target == element;
}
