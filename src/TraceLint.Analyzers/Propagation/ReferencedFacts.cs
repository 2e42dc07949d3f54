using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using TraceLint.Configuration;
using TraceLint.Facts;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// What is known about the methods of the projects that a compilation references. A build reads it from the attribute that
/// a generator added to the referenced assembly. In an IDE, a referenced project is a compilation, and the attribute may
/// be missing: then the same facts are found in its source, once for each of its versions.
/// </summary>
internal sealed class ReferencedFacts
{
    private static readonly ConditionalWeakTable<Compilation, ReferencedFacts> s_compilations = new();
    private static readonly ConditionalWeakTable<Compilation, string> s_sources = new();

    // The strings keep what was read of them: a reference is the same object in many compilations.
    private static readonly ConditionalWeakTable<string, AssemblyFacts> s_read = new();
    private static readonly ConditionalWeakTable<MetadataReference, string> s_files = new();

    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<IAssemblySymbol, AssemblyFacts?> _facts = new(SymbolEqualityComparer.Default);

    private readonly OtherImplementations _implementations;

    private ReferencedFacts(Compilation compilation)
        => (_compilation, _implementations) = (compilation, new OtherImplementations(compilation));

    /// <summary>Those of a compilation. Nothing is read yet.</summary>
    public static ReferencedFacts Of(Compilation compilation)
        => s_compilations.GetValue(compilation, static compilation => new ReferencedFacts(compilation));

    /// <summary>The names of all methods of a kind.</summary>
    public IEnumerable<string> NamesOf(DeclarationKind kind, CancellationToken cancellation)
        => All(cancellation).SelectMany(facts => facts.Facts.NamesOf(kind)).Distinct();

    /// <summary>All methods of a kind, as the parameter that they inject into, extract from or publish.</summary>
    public IEnumerable<IParameterSymbol> MethodsOf(DeclarationKind kind, CancellationToken cancellation)
        => All(cancellation).SelectMany(facts => facts.Facts.MethodsOf(kind, facts.Assembly, _compilation));

    /// <summary>The parameter that a method injects into, extracts from or publishes; null when that is not known.</summary>
    public IParameterSymbol? Find(DeclarationKind kind, IMethodSymbol method, CancellationToken cancellation = default)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return method.ContainingAssembly is { } assembly
            && !SymbolEqualityComparer.Default.Equals(assembly, _compilation.Assembly)
            && Of(assembly, cancellation)?.Find(kind, method) is { } parameter
            && (method.ContainingType.TypeKind is not TypeKind.Interface
                || _implementations.AreThoseOf(method.ContainingType.OriginalDefinition, cancellation))
                ? parameter
                : null;
    }

    private IEnumerable<(IAssemblySymbol Assembly, AssemblyFacts Facts)> All(CancellationToken cancellation)
    {
        foreach (var reference in _compilation.References)
        {
            if (_compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly
                && Of(assembly, reference, cancellation) is { } facts)
            {
                yield return (assembly, facts);
            }
        }
    }

    private AssemblyFacts? Of(IAssemblySymbol assembly, CancellationToken cancellation)
        => _facts.TryGetValue(assembly, out var known) ? known
            : _compilation.GetMetadataReference(assembly) is { } reference ? Of(assembly, reference, cancellation)
            : null;

    private AssemblyFacts? Of(IAssemblySymbol assembly, MetadataReference reference, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!_facts.TryGetValue(assembly, out var facts))
        {
            var text = AssemblyNames.IsOneOf(assembly.Name, "System", "Microsoft", "mscorlib", "netstandard") ? ""
                : reference is CompilationReference { Compilation: var project } ? TextOf(project, cancellation)
                : s_files.GetValue(reference, _ => AttributeText.InFile(assembly) ?? "");
            facts = text.Length == 0 ? null : s_read.GetValue(text, static text => new AssemblyFacts(FactText.Read(text)));
            _facts.TryAdd(assembly, facts);
        }

        return facts;
    }

    private static string TextOf(Compilation project, CancellationToken cancellation)
    {
        if (!s_sources.TryGetValue(project, out var text))
        {
            var found = AttributeText.In(project.Assembly) ?? FactExport.Of(project, FactExport.NoOptions, cancellation) ?? "";
            text = s_sources.GetValue(project, _ => found);
        }

        return text;
    }
}
