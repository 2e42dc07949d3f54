using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>What the call site of a publish offers for giving the message a context.</summary>
/// <param name="Received">The received message that the published one is made from, unless a span is certainly live.</param>
/// <param name="HasNoSpan">Whether no span can be current.</param>
/// <param name="Stored">The context that is stored beside the payload, where no span is current and nothing was received.</param>
/// <param name="Source">The source that can start a span, where there is none of these.</param>
/// <param name="Room">How many more entries the carrier can take; null where there is room for a context, or no limit is known.</param>
internal sealed record PublishSite(string? Received, bool HasNoSpan, StoredContext? Stored, string? Source, int? Room);

/// <summary>Inspects the call sites of publishes that drop the context.</summary>
internal sealed class PublishSites(CompilationContext context)
{
    private readonly SpanlessFlow _spanless = new(context);
    private readonly SourceInReach _inReach = new(context);
    private readonly LiveSpans? _live = LiveSpans.In(context);

    /// <summary>What the call site of a publish offers.</summary>
    public PublishSite Of(IInvocationOperation publish, Verdict verdict, Transport transport, CancellationToken cancellation)
    {
        var room = transport.RoomFor(publish, cancellation);
        if (_live?.At(publish.Syntax, acrossFunctions: true, cancellation) is not null)
        {
            return new PublishSite(Received: null, HasNoSpan: false, Stored: null, Source: null, room);
        }

        var hasNoSpan = _spanless.Contains(publish.Syntax, cancellation);
        var isOnItsOwn = hasNoSpan && verdict.Received is null;
        var stored = isOnItsOwn ? StoredContext.At(publish, cancellation) : null;
        var source = isOnItsOwn && stored is null ? _inReach.At(publish.Syntax, cancellation) : null;
        return new PublishSite(verdict.Received?.Name, hasNoSpan, stored, source, room);
    }
}
