using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace TraceLint.Flow;

/// <summary>
/// Semantic models and control-flow graphs of code other than the code that is being analyzed: the helpers it calls. Made
/// only where a call has to be followed, kept as long as the compilation, misses included.
/// </summary>
internal sealed class SourceModels(Compilation compilation)
{
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly ConcurrentDictionary<IMethodSymbol, ControlFlowGraph?> _graphs = new(SymbolEqualityComparer.Default);

    public Compilation Compilation => compilation;

    /// <summary>The model of a tree of this compilation.</summary>
    // A helper is in any tree, so the model of the analysis context is not enough. This is the one place that makes others.
#pragma warning disable RS1030
    public SemanticModel Of(SyntaxTree tree) => _models.GetOrAdd(tree, other => compilation.GetSemanticModel(other));
#pragma warning restore RS1030

    /// <summary>
    /// The graph of a method whose source is here and which is certainly the one that runs: not overridden, not extern, not
    /// an iterator, which runs later.
    /// </summary>
    public ControlFlowGraph? GraphOf(IMethodSymbol method, CancellationToken cancellation)
    {
        if (method is { IsVirtual: true } or { IsAbstract: true } or { IsExtern: true } or { IsOverride: true, IsSealed: false }
            || method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation)
            || method.DeclaringSyntaxReferences is not [var declaration]
            || !compilation.ContainsSyntaxTree(declaration.SyntaxTree))
        {
            return null;
        }

        if (!_graphs.TryGetValue(method, out var graph))
        {
            var body = declaration.GetSyntax(cancellation);
            graph = EnclosingBody.IsIterator(body) ? null : EnclosingBody.GraphOf(body, Of(body.SyntaxTree), cancellation);
            _graphs.TryAdd(method, graph);
        }

        return graph;
    }
}
