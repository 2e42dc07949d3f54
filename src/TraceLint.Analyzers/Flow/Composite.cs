using Microsoft.CodeAnalysis;

namespace TraceLint.Flow;

/// <summary>Types that only put values together: tuples and anonymous types.</summary>
internal static class Composite
{
    /// <summary>The types of the parts; none for another type.</summary>
    public static IEnumerable<ITypeSymbol> PartsOf(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.Select(static element => element.Type),
        { IsAnonymousType: true } => type.GetMembers().OfType<IPropertySymbol>().Select(static property => property.Type),
        _ => [],
    };

    /// <summary>Whether a member is a part of such a type.</summary>
    public static bool IsPart(ISymbol member)
        => member switch
        {
            IFieldSymbol { ContainingType.IsTupleType: true } => true,
            IPropertySymbol { ContainingType.IsAnonymousType: true } => true,
            _ => false,
        };
}
