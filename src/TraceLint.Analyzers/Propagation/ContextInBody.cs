using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// A context that travels where no propagator put it: an envelope with trace members, a CloudEvent, an id of the current
/// activity in what is serialized or in a business header, or headers that are part of what is serialized. The signs are
/// enough to stay silent; they are never enough to call the context carried.
/// </summary>
internal static class ContextInBody
{
    private static readonly Vocabulary s_bags = new("header*", "metadata");

    private static readonly Vocabulary s_envelopes = new("envelope*");

    private static readonly HashSet<string> s_identities = new(StringComparer.Ordinal) { "Context", "Id", "ParentId", "RootId", "SpanId",
        "TraceId", "TraceStateString" };

    /// <summary>The member, type or name that gives a context away in a part of a payload.</summary>
    /// <param name="part">The part.</param>
    /// <param name="model">Tells what is a message or its carrier, and hence no part of a payload.</param>
    /// <returns>Empty when it shows none.</returns>
    public static string SignOf(PayloadPart part, ICarrierModel model) => part.Operation switch
    {
        ILiteralOperation { ConstantValue: { HasValue: true, Value: string name } } when TraceVocabulary.IsContextHeader(name) => name,
        IAssignmentOperation { Target: IMemberReferenceOperation { Member.Name: var name } } when TraceVocabulary.HoldsContext(name) => name,
        IMemberReferenceOperation { Member: { Name: var name, ContainingType: var owner } } when (IsContextType(owner)
            ? s_identities.Contains(name) : TraceVocabulary.HoldsContext(name)) => name,
        IMemberReferenceOperation { Member.Name: var name } when IsSealedEnvelope(name, part.Operation.Type) => name,
        IParameterReferenceOperation { Parameter.Name: var name } when IsSealedEnvelope(name, part.Operation.Type) => name,
        IPropertyReferenceOperation { Property: var property } when part.IsWhole && IsBag(property)
            && model.RoleOfMember(property) is MemberRole.None => property.Name,
        IConversionOperation or IInstanceReferenceOperation { ReferenceKind: not InstanceReferenceKind.ContainingTypeInstance } => "",
        { Type: var type } when part.IsWhole => IsContextType(type as INamedTypeSymbol) ? type!.Name
            : model.RoleOf(type) is CarrierRole.None ? TypeSign(type, isWhole: true) : "",
        _ => "",
    };

    /// <summary>Whether a type that is serialized has a context in it.</summary>
    public static bool IsCarriedBy(ITypeSymbol type) => TypeSign(type, isWhole: true).Length > 0;

    private static string TypeSign(ITypeSymbol? type, bool isWhole, int depth = 2)
    {
        if (type is ITypeParameterSymbol parameter)
        {
            return parameter.ConstraintTypes.Select(constraint => TypeSign(constraint, isWhole, depth)).FirstOrDefault(static sign => sign.Length > 0) ?? "";
        }

        if (type is not INamedTypeSymbol { SpecialType: SpecialType.None } named)
        {
            return "";
        }

        if (IsContextType(named))
        {
            return named.Name;
        }

        // Nobody serializes an HttpContext, which has a TraceIdentifier.
        if (named.ContainingNamespace is { IsGlobalNamespace: false } home && IsOfPlatform(home))
        {
            return "";
        }

        foreach (var contract in named.TypeKind is TypeKind.Interface ? named.AllInterfaces : ImmutableArray<INamedTypeSymbol>.Empty)
        {
            if (TypeSign(contract, isWhole, depth: 0) is { Length: > 0 } sign)
            {
                return sign;
            }
        }

        for (var current = named; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                // Whole types of the project are serialized with what their members are made of.
                if (isWhole && depth > 0 && member is IPropertySymbol { Type: INamedTypeSymbol { Locations: [{ IsInSource: true }, ..] } inner }
                    && !SymbolEqualityComparer.Default.Equals(inner, named) && TypeSign(inner, isWhole, depth - 1) is { Length: > 0 } nested)
                {
                    return nested;
                }

                if (member is IPropertySymbol && member.GetAttributes().Any(static attribute => attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string name }, ..] && TraceVocabulary.HoldsContext(name)))
                {
                    return member.Name;
                }

                if ((member is IPropertySymbol or IFieldSymbol && TraceVocabulary.HoldsContext(member.Name)) || (isWhole && member is IPropertySymbol property && IsBag(property)))
                {
                    return member.Name;
                }
            }
        }

        return "";
    }

    private static bool IsOfPlatform(INamespaceSymbol home)
    {
        while (home.ContainingNamespace is { IsGlobalNamespace: false } outer)
        {
            home = outer;
        }

        return home.Name is "System" or "Microsoft";
    }

    private static bool IsContextType(INamedTypeSymbol? type)
        => TraceTypes.IsSpan(type) || TraceTypes.IsContext(type) || TraceTypes.IsId(type)
            || (type is { Name: "CloudEvent" } && type.ContainingNamespace.ToDisplayString().StartsWith("CloudNative", StringComparison.Ordinal));

    // A dictionary of headers that is a part of the payload may well have the context among them.
    private static bool IsBag(IPropertySymbol property)
        => s_bags.IsIn(property.Name)
            && property.Type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, _] } type && type.Name.EndsWith("Dictionary", StringComparison.Ordinal);

    // One made elsewhere: nobody here can look into it.
    private static bool IsSealedEnvelope(string name, ITypeSymbol? type)
        => s_envelopes.IsIn(name)
            && type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String } or { TypeKind: TypeKind.Delegate } or { Name: "ReadOnlyMemory" or "ReadOnlySequence" or "Stream" };
}
