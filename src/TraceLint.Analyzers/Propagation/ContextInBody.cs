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
    private static readonly string[] s_members =
    [
        "traceparent", "tracecontext", "traceid", "spanid", "spancontext", "activityid", "activitycontext", "propagationcontext",
        "tracingcontext", "traceheaders", "tracecarrier", "diagnosticid", "telemetrycontext",
    ];

    private static readonly string[] s_bags = ["header", "metadata"];

    private static readonly HashSet<string> s_contextTypes = new(StringComparer.Ordinal)
    {
        "Activity", "ActivityContext", "ActivityTraceId", "ActivitySpanId", "SpanContext", "TelemetrySpan", "PropagationContext", "CloudEvent",
    };

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

    /// <summary>Whether a member is called like a context.</summary>
    public static bool IsContextName(string name) => IsTraceName(name);

    private static bool IsSign(IOperation operation, ICarrierModel model, out string sign)
    {
        sign = operation switch
        {
            IMemberReferenceOperation { Member: { Name: var name, ContainingType: var owner } } when IsContextType(owner) || IsTraceName(name) => name,
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

                if (member is IPropertySymbol && member.GetAttributes().Any(static attribute => attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string name }, ..] && IsTraceName(name)))
                {
                    return member.Name;
                }

                if ((member is IPropertySymbol or IFieldSymbol && IsTraceName(member.Name)) || (isWhole && member is IPropertySymbol property && IsBag(property)))
                {
                    return member.Name;
                }
            }
        }

        return "";
    }

    // A project may well have an Activity of its own that is no span.
    private static bool IsContextType(INamedTypeSymbol? type)
        => type is not null && s_contextTypes.Contains(type.Name)
            && type.ContainingNamespace.ToDisplayString() is var name
            && (name == "System.Diagnostics" || name.StartsWith("OpenTelemetry", StringComparison.Ordinal) || name.StartsWith("CloudNative", StringComparison.Ordinal));

    /// <summary>Whether a member is called like one that holds a context.</summary>
    public static bool IsTraceName(string name) => HasOneOf(s_members, name);

    // A dictionary of headers that is a part of the payload may well have the context among them.
    private static bool IsBag(IPropertySymbol property)
        => HasOneOf(s_bags, property.Name)
            && property.Type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, _] } type && type.Name.EndsWith("Dictionary", StringComparison.Ordinal);

    // One made elsewhere: nobody here can look into it.
    private static bool IsSealedEnvelope(string name, ITypeSymbol? type)
        => name.IndexOf("envelope", StringComparison.OrdinalIgnoreCase) >= 0
            && type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String } or { TypeKind: TypeKind.Delegate } or { Name: "ReadOnlyMemory" or "ReadOnlySequence" or "Stream" };

    private static bool HasOneOf(string[] words, string name)
    {
        foreach (var word in words)
        {
            if (name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
