using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TraceLint.Flow;

/// <summary>
/// Which methods of the project may run when a virtual or an interface method is called. Answered only where all of them
/// are here for sure: the type that declares it is not visible outside, or the project is a program, from which nobody derives.
/// </summary>
internal sealed class Implementations(Compilation compilation)
{
    private const int MaxMethods = 8;
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IMethodSymbol>> _methods = new(SymbolEqualityComparer.Default);
    private ILookup<ISymbol?, INamedTypeSymbol>? _derived;

    /// <summary>The methods.</summary>
    /// <param name="method">The definition of the method that is called.</param>
    /// <returns>None when they cannot all be known.</returns>
    public ImmutableArray<IMethodSymbol> Of(IMethodSymbol method) => _methods.GetOrAdd(method, Find);

    /// <summary>The types of the project that derive from or implement another one, wherever that is from.</summary>
    public IEnumerable<INamedTypeSymbol> TypesDerivedFrom(INamedTypeSymbol type) => (_derived ??= FindDerived())[type.OriginalDefinition];

    private ImmutableArray<IMethodSymbol> Find(IMethodSymbol method)
    {
        var home = method.ContainingType.OriginalDefinition;
        if (!SymbolEqualityComparer.Default.Equals(home.ContainingAssembly, compilation.Assembly) || !IsClosed(home))
        {
            return ImmutableArray<IMethodSymbol>.Empty;
        }

        var methods = new HashSet<IMethodSymbol>(Here(method), SymbolEqualityComparer.Default);
        return methods.Count > MaxMethods ? ImmutableArray<IMethodSymbol>.Empty : methods.ToImmutableArray();
    }

    /// <summary>The method itself and those of the project that may run in its place; there may be others.</summary>
    public IEnumerable<IMethodSymbol> Here(IMethodSymbol method)
    {
        if (!method.IsAbstract)
        {
            yield return method;
        }

        var home = method.ContainingType.OriginalDefinition;
        foreach (var type in TypesDerivedFrom(home))
        {
            if (ImplementationIn(type, method, home) is { IsAbstract: false } implementation)
            {
                yield return implementation.OriginalDefinition;
            }
        }
    }

    private static IMethodSymbol? ImplementationIn(INamedTypeSymbol type, IMethodSymbol method, INamedTypeSymbol home)
    {
        if (home.TypeKind is TypeKind.Interface)
        {
            foreach (var contract in type.AllInterfaces)
            {
                if (SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, home)
                    && contract.GetMembers(method.Name).FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, method)) is { } member)
                {
                    return type.FindImplementationForInterfaceMember(member) as IMethodSymbol;
                }
            }

            return null;
        }

        foreach (var member in type.GetMembers(method.Name))
        {
            for (var overridden = (member as IMethodSymbol)?.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            {
                if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method))
                {
                    return (IMethodSymbol)member;
                }
            }
        }

        return null;
    }

    private bool IsClosed(INamedTypeSymbol type)
    {
        if (compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication)
        {
            return true;
        }

        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
            {
                return true;
            }
        }

        return false;
    }

    // Every type of the project by what it derives from, once, when the first such call is met.
    private ILookup<ISymbol?, INamedTypeSymbol> FindDerived()
    {
        var pairs = new List<(INamedTypeSymbol Base, INamedTypeSymbol Type)>();
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(compilation.Assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            foreach (var member in pending.Pop().GetMembers())
            {
                if (member is not INamespaceOrTypeSymbol nested)
                {
                    continue;
                }

                pending.Push(nested);
                if (nested is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type)
                {
                    pairs.AddRange(type.AllInterfaces.Select(contract => (contract.OriginalDefinition, type)));
                    for (var current = type.BaseType; current is { SpecialType: SpecialType.None }; current = current.BaseType)
                    {
                        pairs.Add((current.OriginalDefinition, type));
                    }
                }
            }
        }

        return pairs.ToLookup(static pair => (ISymbol?)pair.Base, static pair => pair.Type, SymbolEqualityComparer.Default);
    }
}
