using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// Finds the span without a parent that is started for an item of a queue. Whatever looks like reading a context, in the function that
/// takes the item or in the methods of the project that get it, ends the search.
/// </summary>
internal sealed class OrphanStarts(CompilationContext context)
{
    private const int MaxHelpers = 2;

    private static readonly HashSet<string> s_handsOn = new(StringComparer.Ordinal)
    {
        "AddLink", "Extract", "ExtractTraceIdAndState", "Restore", "SetParentId",
    };

    private readonly LiveSpans _spans = LiveSpans.In(context)!;
    private readonly SpanWrappers _wrappers = SpanWrappers.In(context)!;

    /// <summary>The call that starts the span in the code that takes an item off a queue; null when there is none.</summary>
    /// <param name="handsOn">Whether the code may have taken a context from somewhere.</param>
    public SyntaxNode? In(QueueRead read, out bool handsOn, CancellationToken cancellation)
        => In(read, read.Function, out handsOn, cancellation);

    /// <summary>The same, in a part of the function.</summary>
    public SyntaxNode? In(QueueRead read, SyntaxNode part, out bool handsOn, CancellationToken cancellation)
        => Search(part, new Place(read.Item, read.Read?.Syntax, read.Function), depth: 0, out handsOn, cancellation);

    /// <summary>The call that starts the span in a delegate which is an item itself, or in methods of the project that it calls.</summary>
    public SyntaxNode? InWork(SyntaxNode function, CancellationToken cancellation)
        => Search(function, new Place(Item: null, Read: null, function), depth: 0, out _, cancellation);

    private SyntaxNode? Search(SyntaxNode part, Place place, int depth, out bool handsOn, CancellationToken cancellation)
    {
        handsOn = HandedToCaller.SetsCurrent(part);
        SyntaxNode? found = null;
        var model = context.Of(part.SyntaxTree);
        foreach (var node in part.DescendantNodesAndSelf())
        {
            if (handsOn)
            {
                return null;
            }

            if (node is not InvocationExpressionSyntax syntax || model.GetOperation(syntax, cancellation) is not IInvocationOperation call)
            {
                continue;
            }

            if (_wrappers.Of(call, cancellation) is { } start)
            {
                handsOn = start is { Parent: not null } or { ParentId: not null } or { Links: not null } or { Api: SpanApi.Activity };
                found ??= start.BecomesCurrent && !IsOfBatch(syntax, place, cancellation) ? syntax : null;
            }
            else if (TakesContext(call, place.Item))
            {
                handsOn = true;
            }
            else if (depth < MaxHelpers && IsGiven(call, place.Item) && !IsOfBatch(syntax, place, cancellation))
            {
                foreach (var method in context.MethodsOf(call.TargetMethod, call.IsVirtual))
                {
                    if (method.DeclaringSyntaxReferences is [var declaration]
                        && context.Compilation.ContainsSyntaxTree(declaration.SyntaxTree))
                    {
                        var callee = declaration.GetSyntax(cancellation);
                        var inner = Search(
                            callee, new Place(place.Item, Read: null, callee), depth + 1, out var innerHandsOn, cancellation);
                        handsOn |= innerHandsOn;
                        found ??= inner;
                    }
                }
            }
        }

        return handsOn ? null : found;
    }

    // Parsing a number is not parsing a context. Code that is not visible may do anything with a delegate that it is given to run.
    private static bool TakesContext(IInvocationOperation call, ITypeSymbol? item) => call.TargetMethod switch
    {
        { Name: var name } when s_handsOn.Contains(name) => true,
        { Name: "Parse" or "TryParse", ContainingType: var type } => TraceTypes.IsOfTracing(type) || HasContext(call.TargetMethod),
        { Name: "Run", ContainingType: { Name: not ("Task" or "TaskFactory") } type } method
            => !SymbolEqualityComparer.Default.Equals(type, item)
                && method.Parameters.Any(static parameter => parameter.Type.TypeKind is TypeKind.Delegate),
        _ => false,
    };

    private static bool HasContext(IMethodSymbol method)
        => ExtractionSigns.IsContextType(method.ReturnType)
            || method.Parameters.Any(static parameter => ExtractionSigns.IsContextType(parameter.Type));

    // Whether the span is for a batch, because it starts outside the loop that takes the items, or has a parent in the same function.
    private bool IsOfBatch(SyntaxNode start, Place place, CancellationToken cancellation)
        => place.Read is { } read
            && ((LoopAround(read, place.Function) is { } loop && !loop.Contains(start))
                || (_spans.At(start, acrossFunctions: true, cancellation) is { Scope: var scope } && place.Function.Contains(scope)));

    // while (!queue.TryTake(out var item)) takes one item.
    private static StatementSyntax? LoopAround(SyntaxNode read, SyntaxNode function)
    {
        for (var parent = read.Parent; parent is not null && parent != function; parent = parent.Parent)
        {
            if (parent is CommonForEachStatementSyntax or ForStatementSyntax or DoStatementSyntax
                || (parent is WhileStatementSyntax { Condition: var condition }
                    && !(condition.Contains(read) && read.Parent is PrefixUnaryExpressionSyntax)))
            {
                return (StatementSyntax)parent;
            }
        }

        return null;
    }

    // Without an item, the code is a delegate that captures what it needs.
    private static bool IsGiven(IInvocationOperation call, ITypeSymbol? item)
        => item is null || call.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(argument.Value.Type, item));

    private readonly record struct Place(ITypeSymbol? Item, SyntaxNode? Read, SyntaxNode Function);
}
