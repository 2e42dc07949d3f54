using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>A write on a span: what an exporter that already has the span will never see.</summary>
/// <param name="Call">The call or the assignment.</param>
/// <param name="Member">What it is called.</param>
/// <param name="Span">The variable that is written on; null for Activity.Current.</param>
internal sealed record SpanWrite(SyntaxNode Call, string Member, ILocalSymbol? Span);

/// <summary>Finds what work writes on a span that was there before it.</summary>
internal static class SpanWrites
{
    private static readonly HashSet<string> s_calls = new(StringComparer.Ordinal)
    {
        "AddEvent", "AddException", "AddLink", "AddTag", "RecordException", "SetAttribute", "SetStatus", "SetTag", "UpdateName",
    };

    private static readonly HashSet<string> s_properties = new(StringComparer.Ordinal) { "DisplayName" };

    /// <summary>The first write of a function, on a span that a <c>using</c> around it ends, or on Activity.Current where it starts no span itself.</summary>
    /// <param name="function">The work.</param>
    /// <param name="ends">Whether the span that is current when the work is handed over ends on its own.</param>
    /// <param name="call">The call of the async method that the work is: only what it writes after an await is late; null when it is handed to an API.</param>
    public static SpanWrite? In(FunctionBody function, bool ends, IInvocationOperation? call, LiveSpans spans, SpanStarts starts, CompilationContext context, CancellationToken cancellation)
    {
        var model = context.Of(function.Body.SyntaxTree);
        var ownSpan = false;
        // What it does with a span that is ended, or started, by itself is its own affair.
        foreach (var node in function.Nodes())
        {
            if (node is InvocationExpressionSyntax written && written.CalledName()?.Identifier.ValueText is { } name)
            {
                ownSpan |= SpanStarts.CalledNames.Contains(name);
                if (s_calls.Contains(name) && TargetOf(written) is { } target && WriteOn(target, written, name) is { } write && IsLate(node))
                {
                    return write;
                }
            }
            else if (node is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var property, Expression: var target } } && s_properties.Contains(property)
                && WriteOn(target, node, property) is { } write && IsLate(node))
            {
                return write;
            }
        }

        return null;

        bool IsLate(SyntaxNode node) => call is null || AfterAwait.Runs(node, function);

        SpanWrite? WriteOn(ExpressionSyntax target, SyntaxNode node, string member)
            => model.GetOperation(target, cancellation) switch
            {
                ILocalReferenceOperation { Local: var local } when starts.IsSpan(local.Type) && IsEndedAround(local, function, call, spans, cancellation) => new SpanWrite(node, member, local),
                IParameterReferenceOperation { Parameter: var parameter } when starts.IsSpan(parameter.Type)
                    && PassedTo(parameter, call) is { } passed && IsEndedAround(passed, function, call, spans, cancellation) => new SpanWrite(node, member, passed),
                IPropertyReferenceOperation { Property: { Name: "Current", ContainingType: var type } } when ends && !ownSpan && starts.IsSpan(type) => new SpanWrite(node, member, null),
                _ => null,
            };
    }

    // activity.SetTag(...), activity?.SetTag(...), activity?.SetTag(...).SetTag(...)
    private static ExpressionSyntax? TargetOf(InvocationExpressionSyntax call)
    {
        var target = call.Expression switch
        {
            MemberAccessExpressionSyntax { Expression: var owner } => owner,
            MemberBindingExpressionSyntax => call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        return target switch
        {
            InvocationExpressionSyntax chained when chained.CalledName() is { } name && s_calls.Contains(name.Identifier.ValueText) => TargetOf(chained),
            PostfixUnaryExpressionSyntax { Operand: var operand } => operand,
            _ => target,
        };
    }

    private static ILocalSymbol? PassedTo(IParameterSymbol parameter, IInvocationOperation? call)
    {
        foreach (var argument in call?.Arguments ?? ImmutableArray<IArgumentOperation>.Empty)
        {
            if (argument.Parameter?.Ordinal == parameter.Ordinal && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, call!.TargetMethod.OriginalDefinition))
            {
                return (argument.Value.Unconverted() as ILocalReferenceOperation)?.Local;
            }
        }

        return null;
    }

    // Declared outside the work, in the same function that hands the work over or around it, and ended there: by a using, or by hand.
    private static bool IsEndedAround(
        ILocalSymbol local, FunctionBody function, IInvocationOperation? call, LiveSpans spans, CancellationToken cancellation)
        => local.DeclaringSyntaxReferences is [var declaration]
            && !(function.Function.SyntaxTree == declaration.SyntaxTree && function.Function.Span.Contains(declaration.Span))
            && spans.EndsAfter(call?.Syntax ?? function.Function, local, cancellation);
}
