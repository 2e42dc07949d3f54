using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace TraceLint.Engine;

/// <summary>A method, accessor, lambda, local function or initializer, with its control-flow graph.</summary>
/// <param name="method">The method; null for the initializer of a field or property, and for code that is found by its syntax.</param>
internal sealed class CodeBody(IMethodSymbol? method, ControlFlowGraph graph)
{
    private readonly ConcurrentDictionary<IMethodSymbol, CodeBody> _nested = new(SymbolEqualityComparer.Default);

    public IMethodSymbol? Method => method;

    public ControlFlowGraph Graph => graph;

    /// <summary>A lambda in this body.</summary>
    public CodeBody Lambda(IFlowAnonymousFunctionOperation lambda, CancellationToken cancellation)
        => Nested(lambda.Symbol, () => graph.GetAnonymousFunctionControlFlowGraph(lambda, cancellation));

    /// <summary>A local function in this body.</summary>
    public CodeBody LocalFunction(IMethodSymbol function, CancellationToken cancellation)
        => Nested(function, () => graph.GetLocalFunctionControlFlowGraph(function, cancellation));

    private CodeBody Nested(IMethodSymbol function, Func<ControlFlowGraph> graphOf)
        => _nested.TryGetValue(function, out var known) ? known : _nested.GetOrAdd(function, new CodeBody(function, graphOf()));
}
