using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// Properties that hold the context of another process: their names say that they hold a context, and they have an attribute for a
/// serializer, or the project deserializes their type somewhere.
/// </summary>
internal sealed class SerializedContexts
{
    private static readonly string[] s_deserializers = ["Deserialize", "DeserializeAsync", "DeserializeObject", "FromJson", "ToObject"];

    private readonly CompilationContext _context;
    private readonly ConcurrentDictionary<IPropertySymbol, bool> _deserialized = new(SymbolEqualityComparer.Default);
    private HashSet<ITypeSymbol>? _deserializedTypes;

    private SerializedContexts(CompilationContext context) => _context = context;

    public static SerializedContexts In(CompilationContext context) => context.Shared(static one => new SerializedContexts(one))!;

    /// <summary>Whether a property holds such a context.</summary>
    /// <param name="property">The property.</param>
    /// <param name="holder">What it is read from. A property of an object that is never deserialized proves nothing.</param>
    public bool Is(IPropertySymbol property, IOperation? holder, CancellationToken cancellation)
        => TraceVocabulary.HoldsContext(property.Name)
            && IsDeserialized(property, cancellation)
            && (MemberOf(holder) is not { } member || IsDeserialized(member, cancellation));

    private static IPropertySymbol? MemberOf(IOperation? holder) => holder?.Unconverted() switch
    {
        IPropertyReferenceOperation { Property: { Locations: [{ IsInSource: true }, ..] } property } => property,
        _ => null,
    };

    private bool IsDeserialized(IPropertySymbol property, CancellationToken cancellation)
    {
        if (!_deserialized.TryGetValue(property, out var known))
        {
            _deserialized[property] = known = FindWhether(property, cancellation);
        }

        return known;
    }

    // The implementations of a member of an interface decide.
    private bool FindWhether(IPropertySymbol property, CancellationToken cancellation)
        => _context.Has(property)
            && (property.ContainingType.TypeKind is TypeKind.Interface
                ? _context.TypesDerivedFrom(property.ContainingType).Any(
                    type => type.FindImplementationForInterfaceMember(property) is IPropertySymbol implementation
                        && IsDeserialized(implementation, cancellation))
                : HasSerializerAttribute(property) || IsTypeDeserialized(property.ContainingType, cancellation));

    private static bool HasSerializerAttribute(IPropertySymbol property)
        => property.GetAttributes().Any(
            static attribute => attribute.AttributeClass?.Name is "DataMemberAttribute"
                or "JsonPropertyAttribute"
                or "JsonPropertyNameAttribute"
                or "KeyAttribute"
                or "ProtoMemberAttribute");

    private bool IsTypeDeserialized(INamedTypeSymbol type, CancellationToken cancellation)
        => (_deserializedTypes ??= new HashSet<ITypeSymbol>(
            s_deserializers
                .SelectMany(name => CallIndex.CallsOf(name, _context, cancellation))
                .SelectMany(static call => call.TargetMethod.TypeArguments),
            SymbolEqualityComparer.Default)).Contains(type);
}
