using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Model;

/// <summary>
/// The message type of a declared carrier, and what a new message contains. A new message of a library is assumed to be empty, because
/// a library that injects needs no declaration. For a type of the project, its own code decides.
/// </summary>
internal sealed class DeclaredMessage
{
    private readonly DeclaredCarrier? _carrier;
    private readonly bool _isUnclear;
    private readonly bool _isInitialized;

    public DeclaredMessage(DeclaredCarrier? carrier)
    {
        _carrier = carrier;
        var initializer = carrier?.Member?.DeclaringSyntaxReferences is [var declaration]
            && declaration.GetSyntax() is PropertyDeclarationSyntax { Initializer.Value: { } value }
                ? value
                : null;
        _isInitialized = initializer is not null;
        _isUnclear = initializer is not (null
            or ImplicitObjectCreationExpressionSyntax { Initializer: null }
            or ObjectCreationExpressionSyntax { Initializer: null }
            or CollectionExpressionSyntax { Elements.Count: 0 });
    }

    /// <summary>Whether a new message already has an empty carrier.</summary>
    public bool HasCarrierWhenNew => _isInitialized
        || (_carrier?.Member is { Locations: [{ IsInSource: false }, ..] } member
            && (member.SetMethod is null || member.NullableAnnotation is NullableAnnotation.NotAnnotated));

    /// <summary>Whether a type is, or derives from, the message type.</summary>
    public bool IsOne(ITypeSymbol? type) => _carrier?.Message is { } message && CarrierSearch.IsOrDerives(type, message);

    /// <summary>Whether a member is, overrides or implements the member that holds the carrier.</summary>
    public bool IsCarrier(ISymbol member)
        => _carrier?.Member is { } known && member is IPropertySymbol property && property.Name == known.Name
            && (SymbolEqualityComparer.Default.Equals(property.OriginalDefinition, known.OriginalDefinition)
                || IsOne(property.ContainingType));

    /// <summary>
    /// Whether a message or carrier contains nothing but what its <c>new</c> expression shows. The constructors of a type of the project
    /// are followed down to that of object, unless they are all implicit or primary.
    /// </summary>
    public bool IsEmptyWhenNew(ITypeSymbol type)
    {
        if (type.SpecialType is SpecialType.System_Object)
        {
            return !_isUnclear;
        }

        if (_carrier is null || _isUnclear || !IsKnown(type, _carrier))
        {
            return false;
        }

        return type.Locations is not [{ IsInSource: true }, ..] || ((INamedTypeSymbol)type).InstanceConstructors.All(IsPlain);
    }

    private static bool IsKnown(ITypeSymbol type, DeclaredCarrier carrier)
        => (carrier.Message is { } message && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, message))
            || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, carrier.Type.OriginalDefinition)
            || (DictionaryCarrier.ValueOf(type) is { } value && SymbolEqualityComparer.Default.Equals(value, carrier.DictionaryValue));

    // An implicit or a primary constructor.
    private static bool IsPlain(IMethodSymbol constructor)
        => constructor.IsImplicitlyDeclared
            || (constructor.DeclaringSyntaxReferences is [var declaration] && declaration.GetSyntax() is TypeDeclarationSyntax);
}
