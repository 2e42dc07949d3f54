using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>What a message transport looks like in code. Facts only: whether they are a problem is for rules to say.</summary>
internal abstract class Transport
{
    private static readonly string[] s_replies = ["reply", "responsetopic"];

    /// <summary>The names under which messages are published. Asked before anything semantic.</summary>
    public abstract HashSet<string> PublishNames { get; }

    /// <summary>What the transport is called in settings: one of <see cref="Configuration.KnownOptions.Transports"/>.</summary>
    public abstract string Name { get; }

    /// <summary>What the transport of one call is called in settings, where several go by one.</summary>
    public virtual string NameOf(IInvocationOperation call) => Name;

    /// <summary>What the carrier of a message is called, in the plural: headers, message attributes.</summary>
    public abstract string CarrierName { get; }

    /// <summary>Why nothing is carried by a call that is given no message, as the end of a sentence.</summary>
    public virtual string CannotCarry => $"this overload takes no {CarrierName}";

    /// <summary>What publishes is called on. A type of the project that stands in for one may inject.</summary>
    public virtual ImmutableArray<INamedTypeSymbol> Clients => ImmutableArray<INamedTypeSymbol>.Empty;

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

    /// <inheritdoc cref="ICarrierModel.HasPlainCarrier"/>
    public virtual bool HasPlainCarrier => false;

    /// <inheritdoc cref="ICarrierModel.RoleOfMember"/>
    public abstract MemberRole RoleOfMember(ISymbol member);

    /// <summary>How many entries more the carrier of a published message takes, where it is seen to be fuller than a context may need; else null.</summary>
    public virtual int? RoomFor(IInvocationOperation publish, CancellationToken cancellation) => null;

    /// <summary>Whether a type is that of a received message, which has the context it came with.</summary>
    public virtual bool IsReceived(ITypeSymbol? type) => false;

    /// <summary>What of what was received a type holds: a message, or several.</summary>
    public virtual ReceivedRole ReceivedAs(ITypeSymbol? type)
        => IsReceived(type) ? ReceivedRole.Message : IsReceived(ElementOf(type)) ? ReceivedRole.Batch : ReceivedRole.None;

    /// <summary>Whether a local of a type that may be either holds what was received, because that is what it is declared with.</summary>
    public virtual bool IsReceived(ILocalSymbol local) => false;

    /// <summary>Whether a member is the library's own: it does to a message what the library says, and no more.</summary>
    public virtual bool IsOwnMember(ISymbol member) => false;

    /// <summary>Whether a method is the client's: of its interface, of a type of the library that implements it, or an extension of it in the library.</summary>
    protected static bool IsOf(IMethodSymbol method, INamedTypeSymbol client)
        => Is(method.ContainingType, client)
            || (SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, client.ContainingAssembly)
                && (method.IsExtensionMethod ? Is(method.Parameters[0].Type, client) : method.ContainingType.AllInterfaces.Contains(client, SymbolEqualityComparer.Default)));

    /// <summary>The argument for the first parameter of a name; null when there is none.</summary>
    protected static IOperation? ArgumentFor(IInvocationOperation call, string parameter)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == parameter)
            {
                return argument.Value;
            }
        }

        return null;
    }

    /// <summary>Whether a message goes back to who asked: it waits for the answer in a trace of its own.</summary>
    protected static bool IsReply(IOperation? destination)
        => destination is not null && Array.Exists(s_replies, word => destination.Syntax.ToString().IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>What a collection is of; null when a type is none.</summary>
    private static ITypeSymbol? ElementOf(ITypeSymbol? type)
    {
        if (type is null or { SpecialType: SpecialType.System_String } or IArrayTypeSymbol)
        {
            return (type as IArrayTypeSymbol)?.ElementType;
        }

        foreach (var contract in type is INamedTypeSymbol named ? type.AllInterfaces.Insert(0, named) : type.AllInterfaces)
        {
            if (contract is { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T, TypeArguments: [var element] })
            {
                return element;
            }
        }

        return null;
    }

    /// <summary>Whether an argument is null for all to see.</summary>
    protected static bool IsNull(IOperation argument) => argument.ConstantValue is { HasValue: true, Value: null };

    /// <summary>Whether two types are the same but for type arguments.</summary>
    protected static bool Is(ITypeSymbol? type, INamedTypeSymbol? known)
        => known is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, known);
}
