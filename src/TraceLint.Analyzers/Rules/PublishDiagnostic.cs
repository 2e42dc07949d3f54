using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>What a rule about publishes says, and what it tells its fix.</summary>
internal static class PublishDiagnostic
{
    /// <summary>Set when the carrier certainly exists where the message leaves, so that the fix need not create it.</summary>
    public const string CarrierExists = nameof(CarrierExists);

    /// <summary>The name of the received message whose context the fix has to carry on, where no span is current.</summary>
    public const string Received = nameof(Received);

    /// <summary>Set when certainly no span is current: injecting the current context would do nothing.</summary>
    public const string NoSpan = nameof(NoSpan);

    /// <summary>Where no span is current, the <c>traceparent</c> that is stored beside what is published, an expression.</summary>
    public const string StoredParent = nameof(StoredParent);

    /// <summary>The <c>tracestate</c> that is stored with it, an expression.</summary>
    public const string StoredState = nameof(StoredState);

    /// <summary>Where no span is current, what one can be started with; see <see cref="Spans.SourceInReach"/>.</summary>
    public const string Source = nameof(Source);

    /// <summary>How many entries more the carrier takes, where that is seen to be fewer than a context may need.</summary>
    public const string Room = nameof(Room);

    private const string Untraced = "; nothing in this program starts a span";

    /// <summary>The diagnostic for a dropped context: at the name of the call, the evidence as additional locations.</summary>
    /// <param name="mayTrace">Whether a span may be current there; where none can be, no trace is lost and the diagnostic is Info.</param>
    public static Diagnostic Create(
        DiagnosticDescriptor rule, SimpleNameSyntax name, Verdict verdict, PublishSite site, Transport transport, bool mayTrace)
    {
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (verdict.CarrierExists)
        {
            properties = properties.Add(CarrierExists, "true");
        }

        if (site.Received is { } received)
        {
            properties = properties.Add(Received, received);
        }

        if (site.HasNoSpan)
        {
            properties = properties.Add(NoSpan, "true");
        }

        if (site.Stored is { } stored)
        {
            properties = properties.Add(StoredParent, stored.Parent).Add(StoredState, stored.State);
        }

        if (site.Source is { } source)
        {
            properties = properties.Add(Source, source);
        }

        if (site.Room is { } room)
        {
            properties = properties.Add(Room, room.ToString(CultureInfo.InvariantCulture));
        }

        return Diagnostic.Create(
            rule,
            name.Identifier.GetLocation(),
            mayTrace ? rule.DefaultSeverity : DiagnosticSeverity.Info,
            verdict.Evidence.Select(static evidence => evidence.Location).Distinct(),
            properties,
            name.Identifier.ValueText,
            site switch
            {
                { Room: <= 0 } => $"it has as many {transport.CarrierName} as are allowed, which leaves no room for it",
                { HasNoSpan: true } when verdict.Because.Kind is not (EvidenceKind.InjectedOnOtherPath or EvidenceKind.InjectedTooLate or EvidenceKind.InjectedElsewhere) => WithoutSpan(site),
                _ => Reason(verdict.Because, name.GetLocation(), transport) + (mayTrace ? "" : Untraced),
            });
    }

    private static string WithoutSpan(PublishSite site) => site switch
    {
        { Received: { } received } => $"no span is current here, and the context of {received}, which is at hand, is not carried on",
        { Stored.Parent: var parent } => $"no span is current here, and the context in {parent} is not carried on",
        { Source: not null } => "no span is current here; start a producer span and inject its context",
        _ => "no span is current here, and there is no ActivitySource in reach to start one with",
    };

    private static string Reason(Evidence because, Location call, Transport transport) => because.Kind switch
    {
        EvidenceKind.CannotCarry => transport.CannotCarry,
        EvidenceKind.NoCarrier when because.Subject.Length > 0 => $"the message that {because.Subject} makes has no {transport.CarrierName}",
        EvidenceKind.CarrierWithoutContext when because.Subject.Length > 0 => $"nothing injects it into the {transport.CarrierName} that {because.Subject} makes",
        EvidenceKind.NoCarrier => $"the message{Line(because, call, " made")} has no {transport.CarrierName}",
        EvidenceKind.CarrierWithoutContext => $"nothing injects it into the {transport.CarrierName}{Line(because, call, " made")}",
        EvidenceKind.IncomingDropped => $"the context of {because.Subject}, which is at hand, is not carried on",
        EvidenceKind.InjectedOnOtherPath => $"{because.Subject}{Line(because, call)} does not run on every path to it",
        EvidenceKind.InjectedTooLate => $"{because.Subject}{Line(because, call)} comes too late",
        EvidenceKind.InjectedElsewhere => $"{because.Subject}{Line(because, call)} writes to other {transport.CarrierName}",
        var kind => throw new ArgumentOutOfRangeException(nameof(because), kind, "Only a dropped context is reported."),
    };

    // Where to look, unless it is the very line that is reported.
    private static string Line(Evidence evidence, Location call, string made = "")
        => LineOf(evidence.Location) is var line && line == LineOf(call) ? "" : $"{made} on line {line}";

    private static int LineOf(Location location) => location.GetMappedLineSpan().StartLinePosition.Line + 1;
}
