using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>The rules that report on a transport.</summary>
internal enum TransportRules
{
    /// <summary>TL1003 and TL2003, which are about all transports without rules of their own.</summary>
    Shared,

    /// <summary>TL1001 and TL2001.</summary>
    Kafka,

    /// <summary>TL1002 and TL2002.</summary>
    Aws,
}

/// <summary>Describes how code uses a message transport. Only facts; the rules decide what is a problem.</summary>
internal abstract class Transport
{
    private static readonly string[] s_replies = ["reply", "responsetopic"];

    /// <summary>The names of the methods that publish: a cheap check before the semantic one.</summary>
    public abstract HashSet<string> PublishNames { get; }

    /// <summary>The name of the transport in settings: one of <see cref="Configuration.KnownOptions.Transports"/>.</summary>
    public abstract string Name { get; }

    /// <summary>The rules that report on the transport.</summary>
    public virtual TransportRules Rules => TransportRules.Shared;

    /// <summary>Whether messages have a carrier at all. Where they have none, a context can only be in the payload.</summary>
    public virtual bool HasCarrier => true;

    /// <summary>Whether messages arrive as types of the library that are not also used to look messages up.</summary>
    public virtual bool Receives => true;

    /// <summary>The name in settings of the transport that a call uses, when this class stands for several.</summary>
    public virtual string NameOf(IInvocationOperation call) => Name;

    /// <summary>The name of the carrier in messages, in the plural: headers, message attributes.</summary>
    public abstract string CarrierName { get; }

    /// <summary>Why a call without a message has no carrier, and what to do about it, as parts of a message.</summary>
    public virtual (string Reason, string Advice) CannotCarry
        => ($"this overload takes no {CarrierName}", "use one that does and inject the current context");

    /// <summary>The client types on which the publishing methods are called. A type of the project that replaces one may inject.</summary>
    public virtual ImmutableArray<INamedTypeSymbol> Clients => ImmutableArray<INamedTypeSymbol>.Empty;

    /// <summary>
    /// What a call of the transport's own library does, such as publishing, creating a message or writing to a carrier; Unknown for every
    /// other call.
    /// </summary>
    public abstract CallEffect EffectOf(IInvocationOperation call);

    /// <inheritdoc cref="ICarrierModel.EffectOf(IPropertyReferenceOperation)"/>
    public virtual CallEffect EffectOf(IPropertyReferenceOperation indexer) => default;

    /// <summary>Whether a call publishes a message.</summary>
    /// <param name="call">Any call.</param>
    /// <param name="message">The message argument; null when the call takes no message that could carry a context.</param>
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

    /// <summary>The name in an entry that is a header object; else the entry itself.</summary>
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

    /// <summary>The number of entries that can still be added to the carrier when a context may not fit; else null.</summary>
    public virtual int? RoomFor(IInvocationOperation publish, CancellationToken cancellation) => null;

    /// <summary>Whether a type is a received message, which carries the context of its sender.</summary>
    public virtual bool IsReceived(ITypeSymbol? type) => false;

    /// <summary>Whether a type is a received message or holds several.</summary>
    public virtual ReceivedRole ReceivedAs(ITypeSymbol? type)
        => IsReceived(type) ? ReceivedRole.Message : IsReceived(ElementOf(type)) ? ReceivedRole.Batch : ReceivedRole.None;

    /// <summary>What a local holds, by its type and, if necessary, its declaration.</summary>
    public virtual ReceivedRole ReceivedIn(ILocalSymbol local) => ReceivedAs(local.Type) switch
    {
        // Made from something that was received, or none.
        ReceivedRole.Either => IsReceived(local) ? ReceivedRole.Message : ReceivedRole.None,
        var role => role,
    };

    /// <summary>What a parameter holds, by its type and, if necessary, its method.</summary>
    public virtual ReceivedRole ReceivedIn(IParameterSymbol parameter)
        => ReceivedAs(parameter.Type) is var role && role is ReceivedRole.Either && IsReceived(parameter) ? ReceivedRole.Message : role;

    /// <summary>
    /// Whether the client links its own span around a receive to the messages, so that a span around the receive has them.
    /// </summary>
    public virtual bool LinksWhenReceiving => false;

    /// <summary>
    /// Whether a local holds a received message, judged by its declaration, when its type is also that of messages to send.
    /// </summary>
    public virtual bool IsReceived(ILocalSymbol local) => false;

    /// <summary>
    /// Whether a parameter holds a received message, judged by its method, when its type is also that of messages to send.
    /// </summary>
    public virtual bool IsReceived(IParameterSymbol parameter) => false;

    /// <summary>The parameters that hold the rest of a received message, when its body is handed over beside what carries the context.</summary>
    public virtual IEnumerable<ISymbol> RestOf(IParameterSymbol received) => [];

    /// <summary>Whether the library, and not the project, calls the method that has a parameter for what was received.</summary>
    public virtual bool IsOfEntryPoint(IParameterSymbol parameter) => false;

    /// <summary>Whether a member belongs to the library, so that its effect on a message is known.</summary>
    public virtual bool IsOwnMember(ISymbol member) => false;

    /// <summary>
    /// Whether a method belongs to a client: to its interface, or, in the library, to a type that implements or a method that extends it.
    /// </summary>
    protected static bool IsOf(IMethodSymbol method, INamedTypeSymbol client)
        => Is(method.ContainingType, client)
            || (SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, client.ContainingAssembly)
                && (method.IsExtensionMethod
                    ? Is(method.Parameters[0].Type, client)
                    : method.ContainingType.AllInterfaces.Contains(client, SymbolEqualityComparer.Default)));

    /// <summary>Whether a method is one of those that publish, of one of the clients.</summary>
    protected bool IsPublishOfClient(IMethodSymbol method)
    {
        if (PublishNames.Contains(method.Name))
        {
            foreach (var client in Clients)
            {
                if (IsOf(method, client))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The argument for a parameter, by the parameter's name; null when there is none.</summary>
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

    /// <summary>Whether a message is a reply. The requester waits for it inside its own span, so a reply needs no context.</summary>
    protected static bool IsReply(IOperation? destination)
        => destination is not null
            && Array.Exists(s_replies, word => destination.Syntax.ToString().IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>The element type of a collection; null when the type is not a collection.</summary>
    private static ITypeSymbol? ElementOf(ITypeSymbol? type)
    {
        if (type is null or { SpecialType: SpecialType.System_String } or IArrayTypeSymbol)
        {
            return (type as IArrayTypeSymbol)?.ElementType;
        }

        foreach (var contract in type is INamedTypeSymbol named ? type.AllInterfaces.Insert(0, named) : type.AllInterfaces)
        {
            if (contract.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T
                && contract.TypeArguments is [var element])
            {
                return element;
            }
        }

        return null;
    }

    /// <summary>Whether two types are the same, ignoring type arguments.</summary>
    protected static bool Is(ITypeSymbol? type, INamedTypeSymbol? known)
        => known is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, known);
}
