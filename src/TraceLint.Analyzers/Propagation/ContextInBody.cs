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

    /// <summary>Whether what an operation is computed from shows a sign of a trace context.</summary>
    /// <param name="root">The payload; locals it uses are followed to what they are declared with.</param>
    /// <param name="model">Tells what is a message or its carrier, and hence no part of a payload.</param>
    /// <param name="sign">The member or type that gives it away.</param>
    public static bool IsIn(IOperation root, ICarrierModel model, CancellationToken cancellation, out string sign)
    {
        foreach (var operation in ComputedFrom.Of(root, cancellation))
        {
            if (IsSign(operation, model, out sign))
            {
                return true;
            }
        }

        sign = "";
        return false;
    }

    /// <summary>Whether a type that is serialized has a context in it.</summary>
    public static bool IsCarriedBy(ITypeSymbol type) => TypeSign(type, isWhole: true).Length > 0;

    private static bool IsSign(IOperation operation, ICarrierModel model, out string sign)
    {
        sign = operation switch
        {
            IMemberReferenceOperation { Member: { Name: var name, ContainingType: var owner } } when IsContextType(owner) || TraceVocabulary.HoldsContext(name) => name,
            IMemberReferenceOperation { Member.Name: var name } when IsSealedEnvelope(name, operation.Type) => name,
            IParameterReferenceOperation { Parameter.Name: var name } when IsSealedEnvelope(name, operation.Type) => name,
            IPropertyReferenceOperation { Property: var property } when IsBag(property) && model.RoleOfMember(property) is MemberRole.None && IsWhole(operation) => property.Name,
            _ => TypeSign(operation.Type, model.RoleOf(operation.Type) is CarrierRole.None && IsWhole(operation)),
        };
        return sign.Length > 0;
    }

    // Handed on as it is, not only asked for a member.
    private static bool IsWhole(IOperation operation) => operation.Parent switch
    {
        IMemberReferenceOperation member => member.Instance != operation,
        IInvocationOperation call => call.Instance != operation,
        IConditionalAccessOperation access => access.Operation != operation,
        _ => operation is not IInstanceReferenceOperation,
    };

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
