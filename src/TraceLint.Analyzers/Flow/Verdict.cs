using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TraceLint.Flow;

/// <summary>The answer to the one question every rule asks: is the trace context on the carrier when it leaves?</summary>
internal enum VerdictKind
{
    /// <summary>It cannot be known from here. Never reported; the evidence says why.</summary>
    Unknown,

    /// <summary>The context is on the carrier on every path.</summary>
    Carried,

    /// <summary>The context is on the carrier on no path. The only verdict that is reported.</summary>
    Dropped,
}

/// <summary>Why a verdict is what it is; what tests and tooling read instead of a text.</summary>
internal enum EvidenceKind
{
    // Dropped
    /// <summary>The call is one that takes no carrier.</summary>
    CannotCarry,

    /// <summary>The message leaves with no carrier at all.</summary>
    NoCarrier,

    /// <summary>The carrier was made in this body and nothing in it puts a context there.</summary>
    CarrierWithoutContext,

    /// <summary>The message answers or forwards one that was received, whose context is not carried on.</summary>
    IncomingDropped,

    /// <summary>The context is injected, but on another path than this one.</summary>
    InjectedOnOtherPath,

    /// <summary>The context is injected, but only after the message has left.</summary>
    InjectedTooLate,

    /// <summary>The context is injected into another carrier, which never leaves with the message.</summary>
    InjectedElsewhere,

    // Carried
    /// <summary>A propagator wrote the context to the carrier.</summary>
    Injected,

    /// <summary>A header that is known to carry a context was written by hand.</summary>
    WrittenByHand,

    // Unknown
    /// <summary>The message or its carrier is a parameter: its caller may have injected.</summary>
    Parameter,

    /// <summary>The message or its carrier was received: it has the context it came with.</summary>
    Incoming,

    /// <summary>The message or its carrier comes from a call, a field, a property or another type.</summary>
    MadeElsewhere,

    /// <summary>The message or its carrier was handed to code whose effect is not known.</summary>
    PassedOn,

    /// <summary>The message or its carrier was stored where other code can reach it.</summary>
    StoredElsewhere,

    /// <summary>A header was written whose name is not known, or that may be somebody's own trace header.</summary>
    UnclearHeader,

    /// <summary>The context is on the carrier on some paths only.</summary>
    SomePaths,

    /// <summary>The client, or something registered in the project, injects by itself.</summary>
    Instrumented,

    /// <summary>The client speaks a protocol that has no room for a context.</summary>
    NoCarrierInProtocol,

    /// <summary>The context travels in the body of the message.</summary>
    InBody,

    /// <summary>The publish was not found on any path: dead code, or code the compiler could not understand.</summary>
    NotReached,

    /// <summary>The body is too deep or too large to be followed.</summary>
    TooComplex,
}

/// <summary>One observation that led to a verdict.</summary>
/// <param name="Kind">What was observed.</param>
/// <param name="Location">Where. Shown as an additional location of the diagnostic.</param>
/// <param name="Subject">The API, member or header name it is about; empty when the kind says everything.</param>
internal sealed record Evidence(EvidenceKind Kind, Location Location, string Subject = "");

/// <summary>A verdict and the evidence for it.</summary>
/// <param name="Kind">The verdict.</param>
/// <param name="Evidence">The evidence, strongest first; never empty.</param>
internal sealed record Verdict(VerdictKind Kind, ImmutableArray<Evidence> Evidence)
{
    /// <summary>Whether the carrier exists whenever the message leaves, so that a fix need not create it.</summary>
    public bool CarrierExists { get; init; }

    /// <summary>The received message that the published one is made from; null when none is at hand.</summary>
    public ISymbol? Received { get; init; }

    /// <summary>The observation that decided.</summary>
    public Evidence Because => Evidence[0];

    public static Verdict Unknown(Evidence because) => new(VerdictKind.Unknown, ImmutableArray.Create(because));
}
