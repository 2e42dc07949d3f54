using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Boundaries;

/// <summary>What a message transport looks like in code. Facts only: whether they are a problem is for rules to say.</summary>
internal abstract class Transport
{
    /// <summary>The names under which messages are published. Asked before anything semantic.</summary>
    public abstract HashSet<string> PublishNames { get; }

    /// <summary>What the carrier of a message is called, in the plural: headers, message attributes.</summary>
    public abstract string CarrierName { get; }

    /// <summary>
    /// What a call does, as far as the transport's own library says: publish, make a message, write to a carrier. Unknown
    /// for every other call.
    /// </summary>
    public abstract CallEffect EffectOf(IInvocationOperation call);

    /// <inheritdoc cref="ICarrierModel.EffectOf(IPropertyReferenceOperation)"/>
    public virtual CallEffect EffectOf(IPropertyReferenceOperation indexer) => default;

    /// <summary>Whether a call publishes a message.</summary>
    /// <param name="call">Any call.</param>
    /// <param name="message">The message, as the argument has it; null when the call takes none that could carry a context.</param>
    public bool IsPublish(IInvocationOperation call, out IOperation? message)
    {
        message = null;
        if (!PublishNames.Contains(call.TargetMethod.Name) || EffectOf(call) is not { Kind: CallEffectKind.Publish } effect)
        {
            return false;
        }

        message = effect.Operand;
        return true;
    }

    /// <summary>The operand that names an entry, when the entry is a header with a name inside it.</summary>
    public virtual IOperation NameOf(IOperation entry) => entry;

    /// <inheritdoc cref="ICarrierModel.RoleOf"/>
    public abstract CarrierRole RoleOf(ITypeSymbol? type);

    /// <inheritdoc cref="ICarrierModel.IsEmptyWhenNew"/>
    public abstract bool IsEmptyWhenNew(ITypeSymbol type);

    /// <inheritdoc cref="ICarrierModel.HasCarrierWhenNew"/>
    public virtual bool HasCarrierWhenNew(ITypeSymbol type) => false;

    /// <inheritdoc cref="ICarrierModel.RoleOfMember"/>
    public abstract MemberRole RoleOfMember(ISymbol member);

    /// <summary>Whether a type is that of a received message, which has the context it came with.</summary>
    public virtual bool IsReceived(ITypeSymbol? type) => false;

    /// <summary>Whether a member is the library's own: it does to a message what the library says, and no more.</summary>
    public virtual bool IsOwnMember(ISymbol member) => false;

    /// <summary>Whether two types are the same but for type arguments.</summary>
    protected static bool Is(ITypeSymbol? type, INamedTypeSymbol? known)
        => known is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, known);
}
