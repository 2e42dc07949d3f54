using System.Globalization;
using Microsoft.CodeAnalysis;
using TraceLint.Propagation;
using TraceLint.Rules;

namespace TraceLint.Editing;

/// <summary>What a rule about publishes tells its fix; see <see cref="PublishDiagnostic"/>.</summary>
/// <param name="CarrierExists">Whether the carrier is never null.</param>
/// <param name="Received">The received message whose context is forwarded where no span is current.</param>
/// <param name="HasNoSpan">Whether no span can be current.</param>
/// <param name="Stored">The context that is stored beside the payload, to be forwarded where no span is current.</param>
/// <param name="Source">The source that can start a span where none is current.</param>
/// <param name="Room">How many entries can still be added to the carrier; null where there is room for a context.</param>
internal sealed record PublishAdvice(
    bool CarrierExists, string? Received, bool HasNoSpan, StoredContext? Stored, string? Source, int? Room)
{
    /// <summary>Reads the advice from the properties of a diagnostic.</summary>
    public static PublishAdvice Of(Diagnostic diagnostic) => new(
        diagnostic.Properties.ContainsKey(PublishDiagnostic.CarrierExists),
        diagnostic.Properties.TryGetValue(PublishDiagnostic.Received, out var received) ? received : null,
        diagnostic.Properties.ContainsKey(PublishDiagnostic.NoSpan),
        diagnostic.Properties.TryGetValue(PublishDiagnostic.StoredParent, out var parent) && parent is not null
            ? new StoredContext(parent, diagnostic.Properties[PublishDiagnostic.StoredState])
            : null,
        diagnostic.Properties.TryGetValue(PublishDiagnostic.Source, out var source) ? source : null,
        diagnostic.Properties.TryGetValue(PublishDiagnostic.Room, out var room) ? int.Parse(room, CultureInfo.InvariantCulture) : null);
}
