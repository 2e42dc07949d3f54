using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using TraceLint.Configuration;

namespace TraceLint.Flow;

/// <summary>A method and its body.</summary>
internal readonly record struct MethodBody(IMethodSymbol Method, ControlFlowGraph Graph);

/// <summary>
/// What is known about a compilation, and hangs on it: the user's settings, semantic models and control-flow graphs of helpers that calls lead to,
/// and the analyses that rules share. A rule with settings of its own has its own.
/// </summary>
internal sealed class CompilationContext
{
    private static readonly ConditionalWeakTable<Compilation, ConditionalWeakTable<AnalyzerOptions, CompilationContext>> s_compilations = new();
    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<string, CompilationContext> _ofRules = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Type, object?> _analyses = new();
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly ConcurrentDictionary<IMethodSymbol, ControlFlowGraph?> _graphs = new(SymbolEqualityComparer.Default);
    private readonly Implementations _implementations;

    private CompilationContext(Compilation compilation, Settings settings, SettingKeys keys)
    {
        _compilation = compilation;
        _implementations = new Implementations(compilation);
        (Settings, Keys) = (settings, keys);
    }

    /// <summary>What is known about a compilation, for all rules without settings of their own.</summary>
    /// <param name="options">What the user has said.</param>
    public static CompilationContext For(Compilation compilation, AnalyzerOptions options)
        => s_compilations.GetOrCreateValue(compilation).GetValue(
            options, _ => new CompilationContext(compilation, Settings.Of(options, rule: null), new SettingKeys(compilation, options, CancellationToken.None)));

    /// <summary>What is known about a compilation, for one rule.</summary>
    /// <param name="options">What the user has said.</param>
    /// <param name="rule">The id of the rule that asks.</param>
    public static CompilationContext For(Compilation compilation, AnalyzerOptions options, string rule)
        => For(compilation, options) is var shared && shared.Keys.AreAbout(rule)
            ? shared._ofRules.GetOrAdd(rule, id => new CompilationContext(compilation, Settings.Of(options, id), shared.Keys))
            : shared;

    public Compilation Compilation => _compilation;

    /// <summary>What the user has said about the compilation.</summary>
    public Settings Settings { get; }

    /// <summary>Which settings there are.</summary>
    public SettingKeys Keys { get; }

    /// <summary>An analysis that rules share, made when the first one asks.</summary>
    /// <param name="create">Makes it; returns null when the compilation lacks what it is about.</param>
    public T? Shared<T>(Func<CompilationContext, T?> create)
        where T : class
        => (T?)_analyses.GetOrAdd(typeof(T), _ => create(this));

    /// <summary>
    /// Whether a symbol is declared in the sources of this compilation. What another project declares is as in a library, also
    /// in an IDE, which has the sources of both at hand: it is to say what the build says.
    /// </summary>
    public bool Has(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, _compilation.Assembly) && !symbol.DeclaringSyntaxReferences.IsEmpty;

    /// <summary>The model of a tree of this compilation.</summary>
    // A helper is in any tree, so the model of the analysis context is not enough. This is the one place that makes others.
#pragma warning disable RS1030
    public SemanticModel Of(SyntaxTree tree) => _models.GetOrAdd(tree, other => _compilation.GetSemanticModel(other));
#pragma warning restore RS1030

    /// <summary>The methods that may run when a method is called.</summary>
    /// <param name="method">The method, as the call names it.</param>
    /// <param name="isVirtual">Whether an override or an implementation may run in its place.</param>
    /// <returns>All of them; none when they cannot all be known.</returns>
    public ImmutableArray<IMethodSymbol> MethodsOf(IMethodSymbol method, bool isVirtual)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        return isVirtual ? _implementations.Of(method) : ImmutableArray.Create(method);
    }

    /// <summary>The methods of the project that may run when a method is called, also where others may run in their place.</summary>
    /// <inheritdoc cref="MethodsOf"/>
    public IEnumerable<IMethodSymbol> MethodsThatMayRun(IMethodSymbol method, bool isVirtual)
        => MethodsOf(method, isVirtual) is { IsEmpty: false } all ? all : _implementations.Here((method.ReducedFrom ?? method).OriginalDefinition);

    /// <summary>The bodies that may run when a method is called.</summary>
    /// <inheritdoc cref="MethodsOf"/>
    /// <returns>All of them; none when any is not here: in another assembly, extern, or an iterator, which runs later.</returns>
    public ImmutableArray<MethodBody> BodiesOf(IMethodSymbol method, bool isVirtual, CancellationToken cancellation)
    {
        var bodies = ImmutableArray.CreateBuilder<MethodBody>();
        foreach (var implementation in MethodsOf(method, isVirtual))
        {
            if (GraphOf(implementation, cancellation) is not { } graph)
            {
                return ImmutableArray<MethodBody>.Empty;
            }

            bodies.Add(new MethodBody(implementation, graph));
        }

        return bodies.ToImmutable();
    }

    /// <summary>The types of the project that derive from or implement another one.</summary>
    public IEnumerable<INamedTypeSymbol> TypesDerivedFrom(INamedTypeSymbol type) => _implementations.TypesDerivedFrom(type);

    private ControlFlowGraph? GraphOf(IMethodSymbol method, CancellationToken cancellation)
    {
        if (method is { IsAbstract: true } or { IsExtern: true }
            || method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.Constructor or MethodKind.PropertyGet)
            || method.DeclaringSyntaxReferences is not [var declaration]
            || !_compilation.ContainsSyntaxTree(declaration.SyntaxTree))
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
