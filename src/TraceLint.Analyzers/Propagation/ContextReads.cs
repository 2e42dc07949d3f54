using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// Code that takes the id or the context of a span to hand it on itself: into a body that it builds step by step, under a
/// name of its own. Where the code around a publish does so, or the code that made what is published, nothing is said. What is
/// given to a propagator or to a log is not counted.
/// </summary>
internal sealed class ContextReads(SourceModels sources, ImmutableArray<PropagationApi> apis, ICarrierModel model)
{
    private const int MaxDepth = 3;
    private const int MaxCallers = 20;

    private static readonly HashSet<string> s_identities = new(StringComparer.Ordinal) { "Context", "Id", "ParentId", "RootId", "SpanId", "TraceId", "TraceStateString" };

    /// <summary>Where a context is taken to be handed on.</summary>
    /// <param name="publish">The call that publishes.</param>
    /// <param name="published">What makes the message, or what the call is given.</param>
    /// <returns>Null when nowhere that could concern the message.</returns>
    public Evidence? Around(SyntaxNode publish, IEnumerable<IOperation> published, CancellationToken cancellation)
    {
        var seen = new HashSet<SyntaxNode>();
        if (EnclosingBody.Of(publish) is { } body && In(body, MaxDepth, seen, cancellation) is { } here)
        {
            return here;
        }

        foreach (var operation in published.SelectMany(one => ComputedFrom.Of(one, cancellation)))
        {
            if (operation is IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } method } parameter }
                && ByCallers(method, parameter, seen, cancellation) is { } there)
            {
                return there;
            }
        }

        return null;
    }

    // A body that comes as a parameter was made by whoever calls.
    private Evidence? ByCallers(IMethodSymbol method, IParameterSymbol parameter, HashSet<SyntaxNode> seen, CancellationToken cancellation)
    {
        foreach (var call in CallIndex.CallsOf(method.Name, sources, cancellation).Take(MaxCallers))
        {
            if (!SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method.OriginalDefinition)
                || call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal) is not { Value: var given })
            {
                continue;
            }

            if (ContextInBody.IsIn(given, model, cancellation, out var sign))
            {
                return new Evidence(EvidenceKind.InBody, given.Syntax.GetLocation(), sign);
            }

            if (EnclosingBody.Of(call.Syntax) is { } caller && In(caller, depth: 1, seen, cancellation) is { } there)
            {
                return there;
            }
        }

        return null;
    }

    private Evidence? In(SyntaxNode body, int depth, HashSet<SyntaxNode> seen, CancellationToken cancellation)
    {
        if (depth == 0 || !seen.Add(body) || sources.Of(body.SyntaxTree).GetOperation(body, cancellation) is not { } root)
        {
            return null;
        }

        foreach (var operation in root.DescendantsAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            if (operation is IPropertyReferenceOperation { Property: { ContainingType: { Name: "Activity" or "ActivityContext" } owner } property }
                && s_identities.Contains(property.Name) && owner.ContainingNamespace.ToDisplayString() == "System.Diagnostics" && !IsGivenAway(operation))
            {
                return new Evidence(EvidenceKind.InBody, operation.Syntax.GetLocation(), property.Name);
            }

            var called = operation switch
            {
                IInvocationOperation call when !IsGivenAway(call) => (call.TargetMethod, call.IsVirtual),
                IPropertyReferenceOperation { Property: { GetMethod: { } getter } read } => (getter, read.IsAbstract || read.IsVirtual),
                _ => default,
            };

            if (called.Item1 is { } method && InMethod(method, called.Item2, depth - 1, seen, cancellation) is { } there)
            {
                return there;
            }
        }

        return null;
    }

    private Evidence? InMethod(IMethodSymbol method, bool isVirtual, int depth, HashSet<SyntaxNode> seen, CancellationToken cancellation)
    {
        if (depth == 0 || !SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, sources.Compilation.Assembly))
        {
            return null;
        }

        foreach (var body in sources.BodiesOf(method, isVirtual, cancellation))
        {
            if (In(body.Graph.OriginalOperation.Syntax, depth, seen, cancellation) is { } there)
            {
                return there;
            }
        }

        return null;
    }

    // To a propagator, which puts it on a carrier that is looked at; or to somebody who only looks.
    private bool IsGivenAway(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            if (parent is IInvocationOperation call
                && (Bystanders.IsLog(call.TargetMethod) || call.TargetMethod.ContainingType.Name is "Activity" or "ActivitySource" || apis.Any(api => api.TryGetInjection(call, out _))))
            {
                return true;
            }
        }

        return false;
    }
}
