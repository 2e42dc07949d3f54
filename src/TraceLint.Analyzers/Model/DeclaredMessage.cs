using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Model;

/// <summary>
/// The messages of a declared carrier, and what a new one has in it. Of a library it is taken to be empty: what injects by itself
/// needs no declaration. Of the project it is what its own code shows.
/// </summary>
internal sealed class DeclaredMessage
{
    private readonly DeclaredCarrier? _carrier;
    private readonly bool _isUnclear;
    private readonly bool _isInitialized;

    public DeclaredMessage(DeclaredCarrier? carrier)
    {
        _carrier = carrier;
        var initializer = carrier?.Member?.DeclaringSyntaxReferences is [var declaration] && declaration.GetSyntax() is PropertyDeclarationSyntax { Initializer.Value: { } value } ? value : null;
        _isInitialized = initializer is not null;
        _isUnclear = initializer is not (null or ImplicitObjectCreationExpressionSyntax { Initializer: null } or ObjectCreationExpressionSyntax { Initializer: null } or CollectionExpressionSyntax { Elements.Count: 0 });
    }

    /// <summary>Whether a new message has a carrier, an empty one.</summary>
    public bool HasCarrierWhenNew => _isInitialized
        || (_carrier?.Member is { Locations: [{ IsInSource: false }, ..] } member && (member.SetMethod is null || member.NullableAnnotation is NullableAnnotation.NotAnnotated));

    /// <summary>Whether a type is that of the messages, or derives from it.</summary>
    public bool IsOne(ITypeSymbol? type) => _carrier?.Message is { } message && CarrierSearch.IsOrDerives(type, message);

    /// <summary>Whether a member is that with the carrier, or overrides or implements it.</summary>
    public bool IsCarrier(ISymbol member) => _carrier?.Member is { } known && member is IPropertySymbol property && property.Name == known.Name
        && (SymbolEqualityComparer.Default.Equals(property.OriginalDefinition, known.OriginalDefinition) || IsOne(property.ContainingType));

    /// <summary>
    /// Whether a <c>new</c> shows all that is in it. For a type of the project its constructors are followed, down to that of
    /// object, unless nobody wrote any.
    /// </summary>
    public bool IsEmptyWhenNew(ITypeSymbol type)
    {
        if (type.SpecialType is SpecialType.System_Object)
        {
            return !_isUnclear;
        }

        if (_carrier is null || _isUnclear || !(_carrier.Message is { } message && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, message)
            || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, _carrier.Type.OriginalDefinition) || (DictionaryCarrier.ValueOf(type) is { } value && SymbolEqualityComparer.Default.Equals(value, _carrier.DictionaryValue))))
        {
            return false;
        }

        return type.Locations is not [{ IsInSource: true }, ..] || ((INamedTypeSymbol)type).InstanceConstructors.All(IsPlain);
    }

    // Nobody wrote it, or it is the list of parameters of the type.
    private static bool IsPlain(IMethodSymbol constructor)
        => constructor.IsImplicitlyDeclared || (constructor.DeclaringSyntaxReferences is [var declaration] && declaration.GetSyntax() is TypeDeclarationSyntax);
}
