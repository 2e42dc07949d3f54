using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>What is known of the spans in a compilation: the types, the ways to inject, and the bodies followed so far.</summary>
internal sealed class SpanModel(SpanTypes types, ImmutableArray<PropagationApi> apis, CompilationContext context)
{
    private const int MaxCallers = 3;
    private readonly ConcurrentDictionary<SyntaxNode, StrongBox<Injection?>> _injections = new();
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _worthFollowing = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _reaches = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxNode, bool> _startsSpan = new();
    private readonly ConcurrentDictionary<SyntaxNode, bool> _mayHoldSpan = new();
    private readonly ConcurrentDictionary<(SyntaxNode Body, bool Created), SpanReport> _reports = new();

    public SpanTypes Types => types;

    public CompilationContext Context => context;

    /// <summary>Finds injections that write no trace context, with or without a span: TL1006 reports them.</summary>
    public EmptyInjections Empty { get; } = new(context);

    /// <summary>The model of a compilation; null when no span of it is ever missing.</summary>
    public static SpanModel? In(CompilationContext context)
        => context.Shared(static context => SpanTypes.In(context.Compilation) is { } types
            ? new SpanModel(types, PropagationApi.AllIn(context.Compilation), context)
            : null);

    /// <summary>The propagator or the handwritten header at a node.</summary>
    public Injection? InjectionAt(SyntaxNode node, CancellationToken cancellation)
        => !Injection.IsCandidate(node) ? null
            : _injections.GetOrAdd(node, _ => new StrongBox<Injection?>(Injection.Of(node, apis, context.Of(node.SyntaxTree), cancellation))).Value;

    /// <summary>Whether a property is <c>Activity.Current</c>.</summary>
    public bool IsCurrent(IPropertySymbol property) => property is { Name: "Current", IsStatic: true } && types.IsSpan(property.ContainingType);

    /// <inheritdoc cref="InjectingCall.StartsSpan"/>
    public bool StartsSpan(SyntaxNode body) => _startsSpan.GetOrAdd(body, InjectingCall.StartsSpan);

    /// <summary>Whether a body may have to do with a span at all, going by the words in it: most that copy headers have not.</summary>
    public bool MayHoldSpan(SyntaxNode body) => _mayHoldSpan.GetOrAdd(body, static body => body.DescendantTokens().Any(static token
        => token.IsKind(SyntaxKind.IdentifierToken) && (token.ValueText is "Current" || TraceVocabulary.MayStartSpan(token.ValueText))));

    /// <summary>Whether following a method can matter: it takes or returns a span or a context, or may inject.</summary>
    public bool IsWorthFollowing(IMethodSymbol method, CancellationToken cancellation)
        => _worthFollowing.GetOrAdd(method, _ => IsOfSpan(method.ReturnType) || method.Parameters.Any(parameter => IsOfSpan(parameter.Type)) || MayInject(method, cancellation));

    /// <summary>Whether a method of the project has an injection in it, or may call one that has.</summary>
    public bool Reaches(IMethodSymbol method, CancellationToken cancellation)
        => _reaches.GetOrAdd(method, _ => Reaches(method, new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default), cancellation));

    private bool Reaches(IMethodSymbol method, HashSet<IMethodSymbol> seen, CancellationToken cancellation)
    {
        foreach (var body in method.MethodKind is MethodKind.LocalFunction ? [method] : context.MethodsThatMayRun(method, isVirtual: true))
        {
            if (seen.Add(body) && context.Has(body) && body.DeclaringSyntaxReferences.Any(declaration => Reaches(declaration.GetSyntax(cancellation), seen, cancellation)))
            {
                return true;
            }
        }

        return false;
    }

    private bool Reaches(SyntaxNode declaration, HashSet<IMethodSymbol> seen, CancellationToken cancellation)
    {
        foreach (var node in declaration.DescendantNodes())
        {
            if (Injection.IsCandidate(node)
                || (InjectingCall.IsCandidate(node) && context.Of(declaration.SyntaxTree).GetSymbolInfo(node, cancellation).Symbol is IMethodSymbol callee
                    && Reaches(callee.OriginalDefinition, seen, cancellation)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOfSpan(ITypeSymbol type)
        => types.IsSpan(type) || types.IsContext(type) || (type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var result] } && IsOfSpan(result));

    private bool MayInject(IMethodSymbol method, CancellationToken cancellation)
    {
        if (!context.Has(method) || method.DeclaringSyntaxReferences is not [var declaration])
        {
            return false;
        }

        foreach (var token in declaration.GetSyntax(cancellation).DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken)
                ? TraceVocabulary.MayInject(token.ValueText)
                : token.IsKind(SyntaxKind.StringLiteralToken) && TraceVocabulary.IsContextHeader(token.ValueText))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What happens in a body in a world; null when it does not run there, or nothing certain is known.</summary>
    /// <param name="body">A node that <see cref="EnclosingBody.Of"/> returned.</param>
    public SpanReport Follow(SyntaxNode body, bool created, CancellationToken cancellation)
    {
        if (!_reports.TryGetValue((body, created), out var report))
        {
            report = Follow(body, created, ImmutableArray<SyntaxNode>.Empty, cancellation);
            _reports.TryAdd((body, created), report);
        }

        return report;
    }

    private SpanReport Follow(SyntaxNode body, bool created, ImmutableArray<SyntaxNode> callees, CancellationToken cancellation)
    {
        var world = new SpanWorld(this, created, cancellation);
        if (callees.Length >= MaxCallers || callees.Contains(body) || EnclosingBody.GraphOf(body, context.Of(body.SyntaxTree), cancellation) is not { } graph)
        {
            return SpanReport.Unclear;
        }

        if (Entry(body, world, callees.Add(body), cancellation) is not { } entry)
        {
            return SpanReport.NotRun;
        }

        var outcome = new SpanBody(world, graph, outer: null).Follow(entry);
        return world.IsUnclear ? SpanReport.Unclear : new SpanReport(outcome, world.Names);
    }

    // What a method is called with, when all its calls can be seen; null when it is not called at all in this world.
    private SpanState? Entry(SyntaxNode body, SpanWorld world, ImmutableArray<SyntaxNode> callees, CancellationToken cancellation)
    {
        if (body is not MethodDeclarationSyntax method || context.Of(body.SyntaxTree).GetDeclaredSymbol(method, cancellation) is not { } symbol || !TakesSpanFromVisibleCallers(symbol))
        {
            return SpanState.Empty;
        }

        var (entry, isCalled, runs) = (SpanState.Empty, false, false);
        foreach (var call in CallIndex.CallsOf(symbol.Name, context, cancellation))
        {
            if (!SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, symbol))
            {
                continue;
            }

            isCalled = true;
            if (EnclosingBody.Of(call.Syntax) is not { } caller || Follow(caller, world.Created, callees, cancellation) is not { } report || report == SpanReport.Unclear)
            {
                return SpanState.Empty;
            }

            if (report.Runs(call.Syntax) is { } arguments)
            {
                runs = true;
                entry = entry.Join(Bind(symbol, call, arguments, world));
            }
        }

        return runs ? entry : isCalled ? null : SpanState.Empty;
    }

    private SpanState Bind(IMethodSymbol method, IInvocationOperation call, SpanValue[] arguments, SpanWorld world)
    {
        var entry = SpanState.Empty;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (call.Arguments[i].Parameter is { Ordinal: var ordinal } && method.Parameters[ordinal] is var parameter && types.IsSpan(parameter.Type))
            {
                entry = entry.With(parameter, arguments[i]);
                if (arguments[i].Start is { } start && !world.Names.ContainsKey(start))
                {
                    world.Names.Add(start, parameter);
                }
            }
        }

        return entry;
    }

    /// <summary>Whether a method takes a span, and all its calls are in this compilation.</summary>
    public bool TakesSpanFromVisibleCallers(IMethodSymbol method)
        => types.TakesSpan(method) && Callers.AreAllHere(method);
}
