using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>A span that an iterator keeps across a yield.</summary>
/// <param name="Iterator">The name of the iterator.</param>
/// <param name="IsAsync">
/// Whether the iterator is async: an async iterator loses the span at the first yield, any other leaks it to its consumer.
/// </param>
/// <param name="Holder">The local that holds the span; null when none does.</param>
/// <param name="Yields">The yields while the span is running.</param>
internal sealed record YieldedSpan(string Iterator, bool IsAsync, ILocalSymbol? Holder, IReadOnlyList<YieldStatementSyntax> Yields);

/// <summary>Finds spans that are still running at a yield.</summary>
internal sealed class YieldedSpans(SpanWrappers spans, CompilationContext context)
{
    private static readonly HashSet<string> s_materializers = new(StringComparer.Ordinal)
    {
        "AddRange", "Any", "Concat", "Count", "First", "FirstOrDefault", "Join", "Last", "Single", "SingleOrDefault", "Sum", "ToArray",
        "ToDictionary", "ToHashSet", "ToList", "ToLookup",
    };

    /// <summary>The span that a call starts, if the iterator around it keeps it across a yield and other spans are affected.</summary>
    public YieldedSpan? Of(IInvocationOperation call, CancellationToken cancellation)
    {
        if (FunctionGraphs.FunctionAround(call.Syntax) is not { } function
            || function is AnonymousFunctionExpressionSyntax
            || !EnclosingBody.IsIterator(function)
            || spans.Of(call, cancellation) is not { BecomesCurrent: true, Api: not SpanApi.Tracer }
            || HandedToCaller.SetsCurrent(function))
        {
            return null;
        }

        var way = SpanWay.Of(call);
        var scope = ScopeOf(call.Syntax, way, function);
        var yields = scope
            .SelectMany(static node => node.DescendantNodesAndSelf(
                static inner => inner is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
            .OfType<YieldStatementSyntax>()
            .Where(yield => yield.IsKind(SyntaxKind.YieldReturnStatement) && yield.SpanStart > call.Syntax.SpanStart)
            .ToList();
        if (yields.Count == 0 || way.Use is SpanUse.Leaves)
        {
            return null;
        }

        var method = context.Of(function.SyntaxTree).GetDeclaredSymbol(function, cancellation) as IMethodSymbol;
        var isAsync = method?.IsAsync is true;
        var holder = HolderOf(call, way, cancellation);
        var matters = isAsync
            ? yields.Exists(yield => WorksAfter(yield, scope, holder, cancellation))
            : method is null || !IsOnlyMaterialized(method, cancellation);
        return matters ? new YieldedSpan(method?.AssociatedSymbol?.Name ?? method?.Name ?? "the iterator", isAsync, holder, yields) : null;
    }

    // The statements that run while the span is running.
    private static IReadOnlyList<SyntaxNode> ScopeOf(SyntaxNode call, SpanWay way, SyntaxNode function)
    {
        var statement = call.FirstAncestorOrSelf<StatementSyntax>();
        return statement switch
        {
            UsingStatementSyntax { Statement: var body } => [body],
            { Parent: BlockSyntax block } when way.Use is not SpanUse.Held || statement is LocalDeclarationStatementSyntax
                => [.. block.Statements.SkipWhile(other => other != statement)],
            _ => [function],
        };
    }

    private ILocalSymbol? HolderOf(IInvocationOperation call, SpanWay way, CancellationToken cancellation)
    {
        if (way.Local is { } local)
        {
            return local;
        }

        var declarator = call.Syntax.FirstAncestorOrSelf<VariableDeclaratorSyntax>();
        return declarator?.Initializer is null
            ? null
            : context.Of(declarator.SyntaxTree).GetDeclaredSymbol(declarator, cancellation) as ILocalSymbol;
    }

    // After its first yield, an async iterator has lost the span: what it awaits or starts from then on has another parent.
    private bool WorksAfter(
        YieldStatementSyntax yield, IReadOnlyList<SyntaxNode> scope, ILocalSymbol? holder, CancellationToken cancellation)
    {
        foreach (var statement in scope)
        {
            foreach (var node in statement.DescendantNodesAndSelf(
                static inner => inner is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
            {
                if ((node.SpanStart > yield.Span.End || IsInSameLoop(node, yield, statement)) && Works(node, holder, cancellation))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool Works(SyntaxNode node, ILocalSymbol? holder, CancellationToken cancellation)
    {
        var awaited = node switch
        {
            AwaitExpressionSyntax { Expression: var task } when SuppressedAwait.KeywordOf(node).RawKind != 0 => task,
            CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0, Expression: var items } => items,
            InvocationExpressionSyntax call
                when call.CalledName()?.Identifier.ValueText is { } name && (name is "StartActivity" || IsLog(name, call, cancellation))
                => call,
            _ => null,
        };
        return awaited is not null && !IsInMemory(awaited, cancellation) && !IsHanded(awaited, holder);
    }

    // Code that gets the span as an argument can use it as the parent, so the current span does not matter.
    private static bool IsHanded(ExpressionSyntax awaited, ILocalSymbol? holder)
        => holder is not null && awaited.DescendantNodes().OfType<ArgumentSyntax>()
            .Any(argument => argument.DescendantNodes()
                .OfType<IdentifierNameSyntax>()
                .Any(name => name.Identifier.ValueText == holder.Name));

    // A log entry gets the ids of the current span.
    private bool IsLog(string name, SyntaxNode call, CancellationToken cancellation)
        => name.StartsWith("Log", StringComparison.Ordinal)
            && context.Of(call.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ContainingNamespace: { } home }
            && home.ToDisplayString() is "Microsoft.Extensions.Logging";

    // Waiting for time to pass or for an item starts no span.
    private bool IsInMemory(ExpressionSyntax awaited, CancellationToken cancellation)
    {
        foreach (var node in awaited.DescendantNodesAndSelf())
        {
            if (node is InvocationExpressionSyntax call
                && context.Of(call.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol
                    is IMethodSymbol { ContainingType: { Name: var type, ContainingNamespace: var home } } method
                && (method.Name is "Delay" or "Yield"
                    || type is "SemaphoreSlim" or "PeriodicTimer"
                    || home.ToDisplayString() is "System.Threading.Channels"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInSameLoop(SyntaxNode node, YieldStatementSyntax yield, SyntaxNode statement)
    {
        for (SyntaxNode? current = yield; current is not null && current != statement.Parent; current = current.Parent)
        {
            if (HandedToCaller.IsLoop(current) && (current == node || current.Span.Contains(node.Span)))
            {
                return true;
            }
        }

        return false;
    }

    // When the iterator only fills collections, no code of the consumer runs between two items.
    private bool IsOnlyMaterialized(IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
        {
            return false;
        }

        var any = false;
        foreach (var call in CallIndex.CallsOf(method.Name, context, cancellation))
        {
            if (SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method))
            {
                if (!(call.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: var consumer } }
                        && s_materializers.Contains(consumer))
                    && !(call.Parent is IConversionOperation
                    {
                        Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: var other } }
                    }
                        && s_materializers.Contains(other)))
                {
                    return false;
                }

                any = true;
            }
        }

        return any;
    }
}
