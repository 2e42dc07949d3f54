using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace TraceLint.Facts;

/// <summary>
/// Whether the implementations of an interface in its own project are all there are. That is certain only in a program, which nothing
/// else is loaded with than what it references, and where nothing outside that project implements the interface: such a type may be a
/// decorator that injects.
/// </summary>
internal sealed class OtherImplementations(Compilation compilation)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether an interface has no implementation outside of its own project.</summary>
    public bool AreThoseOf(INamedTypeSymbol contract, CancellationToken cancellation)
    {
        if (compilation.Options.OutputKind is not (OutputKind.ConsoleApplication or OutputKind.WindowsApplication))
        {
            return false;
        }

        if (!_known.TryGetValue(contract, out var areAll))
        {
            areAll = !Others(contract).Any(assembly => Implements(assembly.GlobalNamespace, contract, cancellation));
            _known.TryAdd(contract, areAll);
        }

        return areAll;
    }

    // The program itself, and what references the project of the interface.
    private IEnumerable<IAssemblySymbol> Others(INamedTypeSymbol contract)
        => compilation.SourceModule.ReferencedAssemblySymbols
            .Where(assembly => assembly.Modules.Any(module
                => module.ReferencedAssemblies.Any(reference => reference.Name == contract.ContainingAssembly.Name)))
            .Prepend(compilation.Assembly);

    private static bool Implements(INamespaceOrTypeSymbol home, INamedTypeSymbol contract, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var member in home.GetMembers())
        {
            if (member is INamedTypeSymbol type
                && type.AllInterfaces.Any(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, contract)))
            {
                return true;
            }

            if (member is INamespaceOrTypeSymbol inner && Implements(inner, contract, cancellation))
            {
                return true;
            }
        }

        return false;
    }
}
