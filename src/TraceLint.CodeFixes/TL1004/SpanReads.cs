using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>
/// Tells whether code only reads the context of a span, so that another span can replace it. Tags, names and stops belong to the span
/// itself and must not be applied to the current one.
/// </summary>
internal static class SpanReads
{
    private static readonly HashSet<string> s_context = new(StringComparer.Ordinal)
    {
        "ActivityTraceFlags", "Baggage", "Context", "GetBaggageItem", "Id", "IdFormat", "Recorded", "RootId", "SpanId", "TraceId",
        "TraceStateString",
    };

    // Members that change a span, but not the injected context.
    private static readonly HashSet<string> s_tagging = new(StringComparer.Ordinal)
    {
        "AddEvent", "AddException", "AddLink", "AddTag", "DisplayName", "RecordException", "SetCustomProperty", "SetEndTime",
        "SetStartTime", "SetStatus", "SetTag",
    };

    /// <summary>The names in a node that refer to a variable.</summary>
    public static IEnumerable<IdentifierNameSyntax> Of(ISymbol variable, SyntaxNode node, SemanticModel model)
        => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == variable.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, variable));

    /// <summary>Whether the code at a name of a span only reads the context of the span.</summary>
    public static bool IsRead(IdentifierNameSyntax name, SpanSite site, SemanticModel model, int depth = 0)
    {
        var expression = Unwrapped(name);
        switch (expression.Parent)
        {
            case MemberAccessExpressionSyntax access when access.Expression == expression:
                return s_context.Contains(access.Name.Identifier.ValueText) || IsReadBy(access.Parent, parameter: 0, site, model, depth);
            case ConditionalAccessExpressionSyntax conditional when conditional.Expression == expression:
                return FirstOf(conditional.WhenNotNull) is { } member
                    && (s_context.Contains(member.Name.Identifier.ValueText) || IsReadBy(member.Parent, parameter: 0, site, model, depth));
            case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } argument:
                return site.InjectionAt(call) is not null || IsReadBy(call, list.Arguments.IndexOf(argument), site, model, depth);
            case BinaryExpressionSyntax or IsPatternExpressionSyntax:
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether a statement does nothing but set tags and the like on a span.</summary>
    public static bool IsTagging(StatementSyntax statement, Func<ExpressionSyntax, bool> isSpan) => statement switch
    {
        BlockSyntax block => block.Statements.All(inner => IsTagging(inner, isSpan)),
        IfStatementSyntax { Else: null } condition => IsTagging(condition.Statement, isSpan),
        ForEachStatementSyntax loop => IsTagging(loop.Statement, isSpan),
        ExpressionStatementSyntax { Expression: var expression } => IsTagging(expression, isSpan),
        _ => false,
    };

    private static bool IsTagging(ExpressionSyntax expression, Func<ExpressionSyntax, bool> isSpan) => expression switch
    {
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax member }
            => s_tagging.Contains(member.Name.Identifier.ValueText) && isSpan(member.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member }
            => s_tagging.Contains(member.Name.Identifier.ValueText) && (isSpan(member.Expression) || IsTagging(member.Expression, isSpan)),
        ConditionalAccessExpressionSyntax
        {
            WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax member },
        } access => s_tagging.Contains(member.Name.Identifier.ValueText) && isSpan(access.Expression),
        _ => false,
    };

    // Whether the call is of a method of the project that only reads the context of its argument.
    private static bool IsReadBy(SyntaxNode? node, int parameter, SpanSite site, SemanticModel model, int depth)
    {
        if (depth > 3 || node is not InvocationExpressionSyntax call || model.GetSymbolInfo(call).Symbol is not IMethodSymbol called)
        {
            return false;
        }

        var method = called.ReducedFrom ?? called;
        var index = called.ReducedFrom is not null && !IsReceiver(call, parameter) ? parameter + 1 : parameter;
        var named = call.ArgumentList.Arguments.Any(static argument => argument.NameColon is not null);
        return !named
            && index < method.Parameters.Length
            && method.OriginalDefinition.Parameters[index] is var span
            && site.DeclarationOf(method.OriginalDefinition) is { } declaration
            && site.ModelOf(declaration.SyntaxTree) is var other
            && Of(span, declaration, other).All(name => IsRead(name, site, other, depth + 1));
    }

    private static bool IsReceiver(InvocationExpressionSyntax call, int parameter)
        => parameter == 0 && call.ArgumentList.Arguments.Count == 0;

    private static MemberBindingExpressionSyntax? FirstOf(ExpressionSyntax whenNotNull)
        => whenNotNull.DescendantNodesAndSelf().OfType<MemberBindingExpressionSyntax>().FirstOrDefault();

    private static ExpressionSyntax Unwrapped(ExpressionSyntax expression)
    {
        while (expression.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax)
        {
            expression = (ExpressionSyntax)expression.Parent;
        }

        return expression;
    }
}
