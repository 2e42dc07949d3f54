using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>
/// Where certainly no span is current: in a flow that begins without one - a hosted service, the entry point of a program - and in
/// what only such flows call, or hand to .NET, as long as nothing starts a span on the way. Anything that is unclear counts as a
/// span that may be current.
/// </summary>
internal sealed class SpanlessFlow
{
    private const int MaxDepth = 5;
    private const int MaxCallers = 20;

    private readonly CompilationContext _context;
    private readonly StartedSpans? _spans;

    public SpanlessFlow(CompilationContext context)
    {
        _context = context;
        _spans = SpanWrappers.In(context) is { } spans ? new StartedSpans(spans, context) : null;
    }

    /// <summary>Whether no span can be current at a node.</summary>
    public bool Contains(SyntaxNode node, CancellationToken cancellation)
        => _spans is not null && Contains(node, new HashSet<ISymbol>(SymbolEqualityComparer.Default), cancellation);

    private bool Contains(SyntaxNode node, HashSet<ISymbol> seen, CancellationToken cancellation)
    {
        foreach (var ancestor in node.Ancestors())
        {
            cancellation.ThrowIfCancellationRequested();
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax lambda:
                    return !_spans!.MayBeCurrent(lambda, node, cancellation) && IsHandedOver(lambda, seen, cancellation);
                case LocalFunctionStatementSyntax or MethodDeclarationSyntax:
                    return !_spans!.MayBeCurrent(ancestor, node, cancellation) && !EnclosingBody.IsIterator(ancestor)
                        && _context.Of(ancestor.SyntaxTree).GetDeclaredSymbol(ancestor, cancellation) is IMethodSymbol method
                        && (IsRoot(method, cancellation) || AreCallersIn(method, seen, cancellation));
                case GlobalStatementSyntax { Parent: CompilationUnitSyntax program }:
                    return !_spans!.MayBeCurrent(program, node, cancellation);
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    // A host starts its services where it has no span, unless the program runs it in one.
    private bool IsRoot(IMethodSymbol method, CancellationToken cancellation)
    {
        var entry = _context.Compilation.GetEntryPoint(cancellation);
        return SymbolEqualityComparer.Default.Equals(method, entry)
            || (IsStartedByHost(method) && !(entry?.DeclaringSyntaxReferences is [var program] && _spans!.MayBeCurrent(program.GetSyntax(cancellation), place: null, cancellation)));
    }

    private static bool IsStartedByHost(IMethodSymbol method) => method.Name switch
    {
        "ExecuteAsync" => Overrides(method, "BackgroundService"),
        "StartAsync" => Overrides(method, "BackgroundService") || method.ContainingType.AllInterfaces.Any(contract => contract.Name == "IHostedService" && IsOfHosting(contract)
            && contract.GetMembers(method.Name).Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method))),
        _ => false,
    };

    private static bool Overrides(IMethodSymbol method, string type)
    {
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (overridden.ContainingType.Name == type && IsOfHosting(overridden.ContainingType))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfHosting(ITypeSymbol type) => type.ContainingNamespace.ToDisplayString() == "Microsoft.Extensions.Hosting";

    // Recursion adds no caller.
    private bool AreCallersIn(IMethodSymbol method, HashSet<ISymbol> seen, CancellationToken cancellation)
    {
        if (seen.Contains(method))
        {
            return true;
        }

        if (seen.Count >= MaxDepth || method.IsGenericMethod || !AreAllHere(method))
        {
            return false;
        }

        seen.Add(method);
        var name = method.ExplicitInterfaceImplementations is [var contract, ..] ? contract.Name : method.Name;
        var callers = 0;
        foreach (var call in CallIndex.CallsOf(name, _context, cancellation))
        {
            if (Callers.Calls(call, method) && (++callers > MaxCallers || !Contains(call.Syntax, new(seen, SymbolEqualityComparer.Default), cancellation)))
            {
                return false;
            }
        }

        foreach (var mention in CallIndex.MentionsOf(name, _context, cancellation))
        {
            if (_context.Of(mention.SyntaxTree).GetSymbolInfo(mention, cancellation).Symbol is IMethodSymbol other && SymbolEqualityComparer.Default.Equals(other.OriginalDefinition, method))
            {
                SyntaxNode value = mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention ? access : mention;
                if (++callers > MaxCallers || !IsHandedOver(value, new(seen, SymbolEqualityComparer.Default), cancellation))
                {
                    return false;
                }
            }
        }

        return callers > 0;
    }

    // What a framework calls by itself is public, is an override or an implementation of something of its own, has a base class
    // of its own, or an attribute.
    private bool AreAllHere(IMethodSymbol method)
    {
        if (method.MethodKind is MethodKind.LocalFunction || method is { DeclaredAccessibility: Accessibility.Private, ExplicitInterfaceImplementations.IsEmpty: true })
        {
            return true;
        }

        return (Callers.AreAllHere(method) || _context.Compilation.Options.OutputKind is not (OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule))
            && method.GetAttributes().IsEmpty
            && ContractsOf(method).All(_context.Has)
            && BaseOf(method.ContainingType) is null or { SpecialType: SpecialType.System_Object or SpecialType.System_ValueType } or { Name: "BackgroundService" };
    }

    private INamedTypeSymbol? BaseOf(INamedTypeSymbol type)
    {
        var current = type.BaseType;
        while (current is not null && _context.Has(current) && !IsOfHosting(current))
        {
            current = current.BaseType;
        }

        return current;
    }

    private static IEnumerable<IMethodSymbol> ContractsOf(IMethodSymbol method)
    {
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            yield return overridden.OriginalDefinition;
        }

        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            foreach (var member in contract.GetMembers())
            {
                if (member is IMethodSymbol declared && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(declared), method))
                {
                    yield return declared.OriginalDefinition;
                }
            }
        }
    }

    // What .NET is handed runs with what is current where it was handed over, or with nothing. When it runs is not known: a span
    // that the code around it starts may be current then.
    private bool IsHandedOver(SyntaxNode work, HashSet<ISymbol> seen, CancellationToken cancellation)
    {
        var node = work;
        while (node.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
        {
            node = node.Parent;
        }

        var taker = node.Parent switch
        {
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax } argument => argument.Parent!.Parent,
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } assignment => assignment.Left,
            _ => null,
        };
        if (taker is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } })
        {
            return true;
        }

        return taker is not null && IsOfDotNet(_context.Of(taker.SyntaxTree).GetSymbolInfo(taker, cancellation).Symbol)
            && FunctionAround(taker) is { } around && !_spans!.MayBeCurrent(around, place: null, cancellation) && Contains(taker, seen, cancellation);
    }

    private static SyntaxNode? FunctionAround(SyntaxNode node)
        => node.Ancestors().FirstOrDefault(static ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MethodDeclarationSyntax or CompilationUnitSyntax);

    // A block of a dataflow, and an observer, run where somebody posts to them.
    private static bool IsOfDotNet(ISymbol? taker)
        => taker?.ContainingNamespace?.ToDisplayString() is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal))
            && !name.StartsWith("System.Reactive", StringComparison.Ordinal) && !name.StartsWith("System.Threading.Tasks.Dataflow", StringComparison.Ordinal);
}
