using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>Something that work does for the trace it is part of: it starts a span, publishes, or calls an instrumented client.</summary>
/// <param name="Call">The call.</param>
/// <param name="Span">The span that it starts; null when it sends something.</param>
internal sealed record TracedAct(IInvocationOperation Call, SpanStart? Span);

/// <summary>What the code of work does for a trace.</summary>
/// <param name="starts">What starts spans.</param>
/// <param name="spans">Where a span is current.</param>
/// <param name="transports">What publishes.</param>
/// <param name="context">Where helpers are found.</param>
internal sealed class TracedWork(
    SpanStarts starts, LiveSpans spans, IReadOnlyList<Transport> transports, CompilationContext context)
{
    private const int MaxDepth = 3;

    private static readonly HashSet<string> s_requests = new(StringComparer.Ordinal)
    {
        "DeleteAsync", "GetAsync", "GetByteArrayAsync", "GetStreamAsync", "GetStringAsync", "PatchAsync", "PostAsync", "PutAsync", "Send", "SendAsync",
        "GetFromJsonAsync", "PostAsJsonAsync", "PutAsJsonAsync", "PatchAsJsonAsync", "DeleteFromJsonAsync",
    };

    /// <summary>The first thing that a function, or a method it calls, does for the trace it runs in.</summary>
    public TracedAct? FirstIn(FunctionBody function, CancellationToken cancellation)
    {
        foreach (var body in function.WithCallees(context, cancellation))
        {
            var model = context.Of(body.Body.SyntaxTree);
            foreach (var node in body.Nodes())
            {
                if (node is InvocationExpressionSyntax call && call.CalledName()?.Identifier.ValueText is { } name && MayAct(name)
                    && model.GetOperation(call, cancellation) is IInvocationOperation operation && Of(operation) is { } act)
                {
                    return act;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// What a function does under the span that is current when it begins, the first two things; nothing when all of it is in one span of
    /// its own, or in a context that it brings along.
    /// </summary>
    public IReadOnlyList<TracedAct> OutlivingActsIn(FunctionBody function, CancellationToken cancellation)
        => FirstIn(function, cancellation) is { } first && first.Span is null or { Parent: null, ParentId: null, Links: null, IsRoot: false }
            && ActsOutsideSpans(function, MaxDepth, cancellation).Take(2).ToList() is { Count: > 0 } acts
            && acts is not [{ Span: not null }]
            && !BringsContext(function, cancellation)
            && EndlessLoops.In(function, context, cancellation) is null
                ? acts
                : [];

    // In the order of the code, those of the methods that it calls included.
    private IEnumerable<TracedAct> ActsOutsideSpans(FunctionBody function, int depth, CancellationToken cancellation)
    {
        var model = context.Of(function.Body.SyntaxTree);
        foreach (var node in function.Nodes())
        {
            if (node is not InvocationExpressionSyntax call
                || model.GetOperation(call, cancellation) is not IInvocationOperation operation
                || spans.At(call, acrossFunctions: false, cancellation) is not null)
            {
                continue;
            }

            if (Of(operation) is { } act)
            {
                yield return act;
            }
            else if (depth > 0 && FunctionBody.Of(operation.TargetMethod, operation.IsVirtual, context, cancellation) is { } callee)
            {
                foreach (var inner in ActsOutsideSpans(callee, depth - 1, cancellation))
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>
    /// Whether the code brings a context along by itself: it restores one, starts its span from one, or uses a span or a
    /// context that was there before it, be it in a field, a parameter or a captured variable.
    /// </summary>
    public bool BringsContext(FunctionBody function, CancellationToken cancellation)
    {
        foreach (var body in function.WithCallees(context, cancellation))
        {
            var model = context.Of(body.Body.SyntaxTree);
            foreach (var node in body.Nodes())
            {
                if (node is AssignmentExpressionSyntax { Left: var left } && FlowSuppression.IsCurrent(left))
                {
                    return true;
                }

                if (node is SimpleNameSyntax name && HoldsContext(name, body, model, cancellation))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether a type, or one it derives from, has a member that holds a context.</summary>
    public static bool Carries(ITypeSymbol? type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if ((member is IFieldSymbol { Type: var field } && IsContext(field)) || (member is IPropertySymbol { Type: var property } && IsContext(property))
                    || (member is IFieldSymbol or IPropertySymbol && TraceVocabulary.HoldsContext(member.Name)))
                {
                    return true;
                }
            }

            if (current is INamedTypeSymbol { TypeArguments: { IsEmpty: false } arguments } && arguments.Any(static argument => IsContext(argument) || Carries(argument)))
            {
                return true;
            }
        }

        return IsContext(type);
    }

    private bool MayAct(string name) => SpanStarts.CalledNames.Contains(name) || s_requests.Contains(name) || transports.Any(transport => transport.PublishNames.Contains(name));

    private TracedAct? Of(IInvocationOperation call)
    {
        if (starts.Of(call) is { } span)
        {
            return span is { IsStarted: true } ? new TracedAct(call, span) : null;
        }

        return transports.Any(transport => transport.IsPublish(call, out _)) || IsRequest(call.TargetMethod) ? new TracedAct(call, null) : null;
    }

    private static bool IsRequest(IMethodSymbol method)
        => s_requests.Contains(method.Name)
            && ((method.IsExtensionMethod ? (method.ReducedFrom ?? method).Parameters[0].Type : method.ContainingType) is { Name: "HttpClient" or "HttpMessageInvoker" } client)
            && client.ContainingNamespace.ToDisplayString() == "System.Net.Http";

    private static bool HoldsContext(SimpleNameSyntax name, FunctionBody body, SemanticModel model, CancellationToken cancellation)
    {
        var symbol = model.GetSymbolInfo(name, cancellation).Symbol;
        var type = symbol switch
        {
            ILocalSymbol { DeclaringSyntaxReferences: [var declaration], Type: var local } when !body.Function.Span.Contains(declaration.Span) || declaration.SyntaxTree != body.Function.SyntaxTree => local,
            IParameterSymbol { Type: var parameter } => parameter,
            IFieldSymbol { Type: var field } => field,
            // A member of a span says no more than the span does, which is looked at by itself: Activity.Current is nothing of the work's own.
            IPropertySymbol { Name: not "Current", Type: var property, ContainingType: var owner } when !TraceTypes.IsSpan(owner) => property,
            _ => null,
        };
        return type is not null && (IsContext(type) || (symbol is IParameterSymbol or ILocalSymbol && Carries(type)));
    }

    private static bool IsContext(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] })
        {
            type = value;
        }

        return TraceTypes.IsSpan(type) || TraceTypes.IsContext(type) || TraceTypes.IsLink(type) || type is { Name: "Baggage" or "ExecutionContext" };
    }
}
