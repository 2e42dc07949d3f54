using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>Whether a span has certainly been started where it is used.</summary>
/// <param name="spans">What starts spans, helpers included.</param>
/// <param name="context">The project, in which callers are looked up.</param>
internal sealed class StartedSpan(LiveSpans spans, CompilationContext context)
{
    private const int MaxDepth = 8;
    private const int MaxCallers = 20;

    /// <summary>The code that started the span that an operation returns.</summary>
    /// <param name="span">The span, in the call or the access that uses it.</param>
    /// <returns>Null when the span may not have been started.</returns>
    public SyntaxNode? StartOf(IOperation? span, CancellationToken cancellation) => StartOf(span, MaxDepth, cancellation);

    private SyntaxNode? StartOf(IOperation? span, int depth, CancellationToken cancellation) => span switch
    {
        null => null,
        _ when depth == 0 => null,
        IConversionOperation conversion => StartOf(conversion.Operand, depth - 1, cancellation),
        IConditionalAccessInstanceOperation instance => StartOf(instance.Accessed(), depth - 1, cancellation),
        // The setter of Current accepts only an Activity that has started.
        IPropertyReferenceOperation { Instance: null, Property: { Name: "Current", ContainingType.Name: "Activity" } } current
            => current.Syntax,
        ILocalReferenceOperation local => StartOf(local, depth - 1, cancellation),
        IParameterReferenceOperation
        {
            Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } method } parameter
        } reference
            => StartOf(parameter, method, reference.Syntax, depth - 1, cancellation),
        _ => spans.StartedBy(span, cancellation) is { IsStarted: true } start ? start.Call.Syntax : null,
    };

    private SyntaxNode? StartOf(ILocalReferenceOperation reference, int depth, CancellationToken cancellation)
    {
        if (reference.SemanticModel is not { } model || LocalValues.Of(reference.Local, model, cancellation) is not { Count: > 0 } values)
        {
            return null;
        }

        SyntaxNode? start = null;
        foreach (var value in values)
        {
            if (value.ConstantValue is { HasValue: true, Value: null })
            {
                continue;
            }

            if (StartOf(value, depth, cancellation) is not { } one)
            {
                return values.Count == 1 ? StartBefore(reference, cancellation) : null;
            }

            start ??= one;
        }

        return start;
    }

    // A parameter for which every call passes a span that has been started. All callers must be visible.
    private SyntaxNode? StartOf(IParameterSymbol parameter, IMethodSymbol method, SyntaxNode use, int depth, CancellationToken cancellation)
    {
        if (!Callers.AreAllHere(method)
            || LocalValues.IsAssigned(parameter.Name, use)
            || CallIndex.MentionsOf(method.Name, context, cancellation).Any(mention => IsOf(mention, method, cancellation)))
        {
            return null;
        }

        SyntaxNode? start = null;
        var count = 0;
        foreach (var call in CallIndex.CallsOf(method.Name, context, cancellation))
        {
            if (!Callers.Calls(call, method))
            {
                continue;
            }

            if (++count > MaxCallers
                || StartOf(
                    call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal)?.Value, depth, cancellation)
                    is not { } one)
            {
                return null;
            }

            start ??= one;
        }

        return start;
    }

    private bool IsOf(IdentifierNameSyntax mention, IMethodSymbol method, CancellationToken cancellation)
        => context.Of(mention.SyntaxTree).GetSymbolInfo(mention, cancellation) is var info
            && info.CandidateSymbols.Append(info.Symbol)
                .Any(one => SymbolEqualityComparer.Default.Equals(one?.OriginalDefinition, method.OriginalDefinition));

    // The statement that starts the only span of a local, if it precedes the use on every path.
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
