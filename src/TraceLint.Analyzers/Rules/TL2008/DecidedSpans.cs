using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>A span for which it is certain that the sampler has decided, or that it has started.</summary>
/// <param name="By">The expression that creates or starts it.</param>
/// <param name="IsStarted">Whether it has started; else it comes from <c>CreateActivity</c>, without a parent.</param>
internal readonly record struct DecidedSpan(SyntaxNode By, bool IsStarted);

/// <summary>Finds out whether the span that is used somewhere is a <see cref="DecidedSpan"/>.</summary>
/// <param name="spans">What starts spans, helpers included.</param>
/// <param name="context">Where calls are looked for.</param>
internal sealed class DecidedSpans(LiveSpans spans, CompilationContext context)
{
    private const int MaxDepth = 8;
    private const int MaxCallers = 20;

    /// <summary>The span that an operation yields.</summary>
    /// <param name="span">The span, in the call or the access that uses it.</param>
    /// <returns>Null when the sampler may not have decided, or with the parent.</returns>
    public DecidedSpan? Of(IOperation? span, CancellationToken cancellation) => Of(span, MaxDepth, cancellation);

    private DecidedSpan? Of(IOperation? span, int depth, CancellationToken cancellation) => span switch
    {
        null => null,
        _ when depth == 0 => null,
        IConversionOperation conversion => Of(conversion.Operand, depth - 1, cancellation),
        IConditionalAccessInstanceOperation instance => Of(instance.Accessed(), depth - 1, cancellation),
        // Nothing listens where the second is used, and no sampler has a say.
        ICoalesceOperation { Value: var value, WhenNull: var other } when IsNew(other) => Of(value, depth - 1, cancellation),
        // What is current has been started: the setter sees to it.
        IPropertyReferenceOperation { Instance: null, Property: { Name: "Current", ContainingType.Name: "Activity" } } current
            => new(current.Syntax, IsStarted: true),
        ILocalReferenceOperation local => Of(local, depth - 1, cancellation),
        IParameterReferenceOperation
        {
            Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } method } parameter
        } reference
            => Of(parameter, method, reference.Syntax, depth - 1, cancellation),
        _ when spans.StartedBy(span, cancellation) is { IsStarted: true } start => new(start.Call.Syntax, IsStarted: true),
        _ when spans.CreatedBy(span, cancellation) is { } created && !HasParent(created, cancellation)
            => new(created.Call.Syntax, IsStarted: false),
        _ => null,
    };

    private DecidedSpan? Of(ILocalReferenceOperation reference, int depth, CancellationToken cancellation)
    {
        if (reference.SemanticModel is not { } model || LocalValues.Of(reference.Local, model, cancellation) is not { Count: > 0 } values)
        {
            return null;
        }

        if (values.Count == 1 && StartBefore(reference, cancellation) is { } start)
        {
            return new(spans.CreatedBy(values[0], cancellation)?.Call.Syntax ?? start, IsStarted: true);
        }

        return All(
            values.Where(static value => !value.IsNull() && !IsFallback(value)), value => Of(value, depth, cancellation));
    }

    // A parameter that every call hands such a span. The calls have to be all that there are.
    private DecidedSpan? Of(IParameterSymbol parameter, IMethodSymbol method, SyntaxNode use, int depth, CancellationToken cancellation)
    {
        if (!Callers.AreAllHere(method)
            || LocalValues.IsAssigned(parameter.Name, use)
            || CallIndex.MentionsOf(method.Name, context, cancellation).Any(mention => IsOf(mention, method, cancellation)))
        {
            return null;
        }

        var calls = CallIndex.CallsOf(method.Name, context, cancellation)
            .Where(call => Callers.Calls(call, method))
            .Take(MaxCallers + 1)
            .ToList();
        return calls.Count > MaxCallers
            ? null
            : All(calls, call => Of(
                call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal)?.Value, depth, cancellation));
    }

    // Of several, the first. It counts as started only if all are.
    private static DecidedSpan? All<T>(IEnumerable<T> items, Func<T, DecidedSpan?> of)
    {
        DecidedSpan? first = null;
        var areStarted = true;
        foreach (var item in items)
        {
            if (of(item) is not { } one)
            {
                return null;
            }

            first ??= one;
            areStarted &= one.IsStarted;
        }

        return first is { } span ? span with { IsStarted = areStarted } : null;
    }

    private bool IsOf(IdentifierNameSyntax mention, IMethodSymbol method, CancellationToken cancellation)
        => context.Of(mention.SyntaxTree).GetSymbolInfo(mention, cancellation) is var info
            && info.CandidateSymbols.Append(info.Symbol)
                .Any(one => SymbolEqualityComparer.Default.Equals(one?.OriginalDefinition, method.OriginalDefinition));

    private static bool HasParent(SpanStart created, CancellationToken cancellation)
        => SpanParents.Of(created.Parent, cancellation) > SpanParent.Empty
            || SpanParents.Of(created.ParentId, cancellation) > SpanParent.Empty;

    private static bool IsNew(IOperation value) => value.Unconverted() is IObjectCreationOperation;

    // activity ??= new Activity(name)
    private static bool IsFallback(IOperation value)
        => IsNew(value) && value.Syntax.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression };

    // A local that is given one span, and the statement that starts it: before the use, on every path to it.
    private static ExpressionSyntax? StartBefore(ILocalReferenceOperation reference, CancellationToken cancellation)
    {
        for (var (node, parent) = (reference.Syntax, reference.Syntax.Parent);
            parent is not null and not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
            (node, parent) = (parent, parent.Parent))
        {
            foreach (var sibling in parent is BlockSyntax block ? block.Statements : [])
            {
                cancellation.ThrowIfCancellationRequested();
                if (sibling == node)
                {
                    break;
                }

                if (sibling is ExpressionStatementSyntax { Expression: var expression } && IsStartOf(expression, reference.Local.Name))
                {
                    return expression;
                }
            }
        }

        return null;
    }

    private static bool IsStartOf(ExpressionSyntax expression, string local) => expression switch
    {
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "Start",
                Expression: IdentifierNameSyntax { Identifier.ValueText: var name }
            }
        }
            => name == local,
        ConditionalAccessExpressionSyntax
        {
            Expression: IdentifierNameSyntax { Identifier.ValueText: var name },
            WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Start" } },
        } => name == local,
        _ => false,
    };
}
