using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Configuration;
using TraceLint.Facts;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>
/// Finds what a project that references this one should know about its public methods: which inject into or extract from an argument
/// whenever they return, and which publish an argument without adding a context to it. Only what is certain: no method that may be
/// overridden, none of which a path is not understood. Of an interface, what all implementations in the project do. A program has no facts,
/// because nobody calls its methods.
/// </summary>
internal static class FactExport
{
    /// <summary>What is configured for a project of which only the source is known: nothing.</summary>
    public static readonly AnalyzerOptions NoOptions = new(ImmutableArray<AdditionalText>.Empty);

    /// <summary>The facts of a project, as the text of the attribute; null when there is nothing to say.</summary>
    public static string? Of(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        if (compilation.Options.OutputKind is not OutputKind.DynamicallyLinkedLibrary || compilation.Language != LanguageNames.CSharp)
        {
            return null;
        }

        var context = CompilationContext.For(compilation, options);
        var buses = context.Keys.Any || !context.Settings.Declarations.IsEmpty
            ? DeclaredBus.AllIn(compilation, context.Settings, cancellation)
            : ImmutableArray<DeclaredBus>.Empty;
        var publishes = new HashSet<string>(Transports.PublishNames, StringComparer.Ordinal);
        publishes.UnionWith(buses.SelectMany(static bus => bus.PublishNames));
        publishes.UnionWith(ReferencedFacts.Of(compilation).NamesOf(DeclarationKind.Publish, cancellation));
        return FactCandidates.KindsIn(publishes, context, cancellation) is { IsEmpty: false } kinds
            ? FactText.Write(Transports.In(compilation).Concat(buses).SelectMany(transport
                => kinds.SelectMany(kind => LinesOf(kind, ParametersOf(kind, transport, context, cancellation)))))
            : null;
    }

    private static IEnumerable<IParameterSymbol> ParametersOf(
        DeclarationKind kind, Transport transport, CompilationContext context, CancellationToken cancellation)
    {
        if (kind is DeclarationKind.Extract)
        {
            return new ExtractHelpers(transport, context).OfProject(cancellation).Select(static helper => helper.Method.Parameters[0]);
        }

        var flow = new CarrierFlow(CarrierModel.For(transport, context), context);
        if (kind is DeclarationKind.Inject)
        {
            return new InjectHelpers(flow).OfProject(cancellation)
                .Where(static parameter => IsCertain((IMethodSymbol)parameter.ContainingSymbol));
        }

        var published = new HashSet<IParameterSymbol>(
            new Wrappers(flow).MethodsOf(cancellation)
                .Where(IsCertain)
                .SelectMany(static method => method.Parameters)
                .Where(parameter => flow.PublishesAsItIs(parameter, (IMethodSymbol)parameter.ContainingSymbol, cancellation)),
            SymbolEqualityComparer.Default);
        return published.Concat(Contracts(published, context));
    }

    // The parameters of interface methods of which all implementations here publish them. Whoever reads that has to make sure that there
    // are no others.
    private static IEnumerable<IParameterSymbol> Contracts(HashSet<IParameterSymbol> published, CompilationContext context)
    {
        var contracts = published.SelectMany(static parameter => parameter.ContainingType.AllInterfaces)
            .Select(static contract => contract.OriginalDefinition)
            .Where(context.Has)
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var methods = contracts.SelectMany(static contract => contract.GetMembers()).OfType<IMethodSymbol>();
        foreach (var parameter in methods.SelectMany(static method => method.Parameters))
        {
            var implementations = context.MethodsThatMayRun((IMethodSymbol)parameter.ContainingSymbol, isVirtual: true).ToList();
            if (implementations.Count > 0 && implementations.TrueForAll(one => published.Contains(one.Parameters[parameter.Ordinal])))
            {
                yield return parameter;
            }
        }
    }

    private static IEnumerable<string> LinesOf(DeclarationKind kind, IEnumerable<IParameterSymbol> parameters)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.ContainingSymbol is IMethodSymbol method && IsVisible(method) && method.GetDocumentationCommentId() is { } id)
            {
                yield return FactText.Line(kind, id, parameter.Name);
            }
        }
    }

    private static bool IsVisible(IMethodSymbol method)
    {
        for (ISymbol? symbol = method; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    // Another project may override it.
    private static bool IsCertain(IMethodSymbol method)
        => method.ContainingType.IsSealed || (!method.IsVirtual && !method.IsAbstract && (!method.IsOverride || method.IsSealed));
}
