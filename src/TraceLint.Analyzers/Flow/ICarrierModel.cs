using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>What a type is to the flow.</summary>
internal enum CarrierRole
{
    None,

    /// <summary>The thing that is published; it has the carrier as a member.</summary>
    Message,

    /// <summary>The thing that holds the context: headers, attributes, an environment.</summary>
    Carrier,

    /// <summary>Several messages: a collection of them, or a request that has one.</summary>
    Batch,
}

/// <summary>What a member of a message or a batch is to the flow.</summary>
internal enum MemberRole
{
    None,

    /// <summary>It holds the carrier of a message.</summary>
    Carrier,

    /// <summary>It holds the messages of a batch.</summary>
    Messages,

    /// <summary>Nothing but a context can be put there.</summary>
    Context,

    /// <summary>It sends the message where no trace goes on: to a phone.</summary>
    Untraced,
}

/// <summary>What a call does to a message or a carrier.</summary>
internal enum CallEffectKind
{
    /// <summary>Not known: whatever is handed to it may come back with a context.</summary>
    Unknown,

    /// <summary>It looks at most. Logging, serialization, reading a header.</summary>
    Harmless,

    /// <summary>The message leaves the process here.</summary>
    Publish,

    /// <summary>A message is made, empty, by something else than <c>new</c>.</summary>
    Create,

    /// <summary>It returns what it was called on: the next call of a builder.</summary>
    Fluent,

    /// <summary>A propagator writes the context to the operand.</summary>
    Inject,

    /// <summary>One entry is written to the operand, a carrier.</summary>
    Write,

    /// <summary>One entry, or all, are taken off the operand, a carrier.</summary>
    Remove,
}

/// <summary>The effect of one call.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Operand">The message that is published, or the carrier that is written to. Null for a publish that takes none: nothing can be carried.</param>
/// <param name="Entry">For a write: the operand that says which entry, a name or a whole header; for a removal, too, unless it is of all.</param>
/// <param name="Api">The name to use for the call in a message.</param>
internal readonly record struct CallEffect(CallEffectKind Kind, IOperation? Operand = null, IOperation? Entry = null, string Api = "");

/// <summary>What an entry written to a carrier means.</summary>
internal enum EntryMeaning
{
    /// <summary>A name that carries no context.</summary>
    Business,

    /// <summary>A name that carries one, such as <c>traceparent</c>.</summary>
    Context,

    /// <summary>A name that is not known here, or that may be somebody's own trace header.</summary>
    Unclear,

    /// <summary>One of all the entries of a received carrier, copied one by one.</summary>
    Incoming,
}

/// <summary>
/// What the flow has to be told about a transport and the ways to inject. The flow itself knows neither; Model and
/// Propagation supply both. What the project's own helpers do, the flow finds out by following them.
/// </summary>
internal interface ICarrierModel
{
    /// <summary>The role of a type or of one derived from it.</summary>
    CarrierRole RoleOf(ITypeSymbol? type);

    /// <summary>
    /// Whether <c>new</c> of this type yields a message or carrier that is empty of context but for what its arguments
    /// bring: a carrier for a message, messages for a batch.
    /// </summary>
    bool IsEmptyWhenNew(ITypeSymbol type);

    /// <summary>Whether a new message of this type, or one derived from it, has a carrier already, an empty one.</summary>
    bool HasCarrierWhenNew(ITypeSymbol type);

    /// <summary>
    /// Whether the carrier is of a type that anything may be of, a plain dictionary: one that leaves with no message may be on its
    /// way into the body.
    /// </summary>
    bool HasPlainCarrier { get; }

    /// <summary>What a member is.</summary>
    MemberRole RoleOfMember(ISymbol member);

    /// <summary>Whether a message or carrier that an operation yields was received, with whatever context it came with.</summary>
    bool IsIncoming(IOperation operation);

    /// <summary>The names of all methods that publish: those of the transport, and of referenced projects.</summary>
    IReadOnlyCollection<string> PublishNamesIn(CancellationToken cancellation);

    /// <summary>What a call does. Must not look into the arguments' values: the flow does that.</summary>
    CallEffect EffectOf(IInvocationOperation call);

    /// <summary>What setting an indexer does: a write, or nothing that is known.</summary>
    CallEffect EffectOf(IPropertyReferenceOperation indexer);

    /// <summary>What the entry of a write means.</summary>
    /// <param name="entry">The operand named by <see cref="CallEffect.Entry"/>.</param>
    /// <param name="valueOf">What the name of an entry stands for where it is written: the argument, for a parameter of a helper.</param>
    /// <param name="subject">The entry's name when it is known.</param>
    EntryMeaning MeaningOf(IOperation entry, Func<IOperation, IOperation> valueOf, out string subject);

    /// <summary>Why the client of a publish injects by itself; null when it does not.</summary>
    /// <param name="publish">A call whose effect is a publish.</param>
    Evidence? SelfPropagation(IInvocationOperation publish, CancellationToken cancellation);

    /// <summary>
    /// The received message that a message without context answers or forwards: the variable that it is made from, and whether its
    /// context is lost for sure, because no span is started that could have it.
    /// </summary>
    /// <param name="publish">The call that publishes.</param>
    /// <param name="published">What makes the message, or the call where nothing does.</param>
    (ISymbol? Received, bool IsLost) ReceivedAt(SyntaxNode publish, IEnumerable<IOperation> published, SemanticModel semantics, CancellationToken cancellation);

    /// <summary>Why what is published may have the context in it, not on its carrier; null when it has none.</summary>
    /// <param name="published">What makes the message, what writes its headers, and what the call is given that publishes it.</param>
    /// <param name="helper">The method that publishes when the call is not the publish itself.</param>
    /// <param name="call">The call of that method.</param>
    Evidence? ContextInPayload(IEnumerable<IOperation> published, IMethodSymbol? helper, IOperation? call, CancellationToken cancellation);
}
