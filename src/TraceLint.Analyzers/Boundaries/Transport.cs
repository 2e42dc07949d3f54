using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Boundaries;

/// <summary>One entry written to a carrier by hand.</summary>
/// <param name="Carrier">The carrier.</param>
/// <param name="Entry">The operand that says which entry: its name, or a whole header.</param>
internal readonly record struct CarrierWrite(IOperation Carrier, IOperation Entry);

/// <summary>What a message transport looks like in code. Facts only: whether they are a problem is for rules to say.</summary>
internal abstract class Transport
{
    /// <summary>The names under which messages are published. Asked before anything semantic.</summary>
    public abstract HashSet<string> PublishNames { get; }

    /// <summary>Whether a call publishes a message.</summary>
    /// <param name="call">Any call.</param>
    /// <param name="message">The message, as the argument has it.</param>
    public abstract bool TryGetPublish(IInvocationOperation call, [NotNullWhen(true)] out IOperation? message);

    /// <summary>Whether a call writes one entry to a carrier.</summary>
    public abstract bool TryGetWrite(IInvocationOperation call, out CarrierWrite write);

    /// <summary>The operand that names an entry, when the entry is a header with a name inside it.</summary>
    public abstract IOperation NameOf(IOperation entry);

    /// <inheritdoc cref="ICarrierModel.RoleOf"/>
    public abstract CarrierRole RoleOf(ITypeSymbol? type);

    /// <inheritdoc cref="ICarrierModel.IsEmptyWhenNew"/>
    public abstract bool IsEmptyWhenNew(ITypeSymbol type);

    /// <inheritdoc cref="ICarrierModel.IsCarrierMember"/>
    public abstract bool IsCarrierMember(IPropertySymbol property);

    /// <summary>Whether a member is the library's own: it does to a message what the library says, and no more.</summary>
    public abstract bool IsOwnMember(ISymbol member);
}
