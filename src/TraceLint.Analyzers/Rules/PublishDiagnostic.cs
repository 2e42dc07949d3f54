using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>The message of a rule about publishes, and the properties that its fix reads.</summary>
internal static class PublishDiagnostic
{
    /// <summary>Set when the carrier certainly exists where the message leaves, so that the fix does not create it.</summary>
    public const string CarrierExists = nameof(CarrierExists);

    /// <summary>The name of the received message whose context the fix forwards, where no span is current.</summary>
    public const string Received = nameof(Received);

    /// <summary>Set when certainly no span is current: injecting the current context would do nothing.</summary>
    public const string NoSpan = nameof(NoSpan);

    /// <summary>The expression for the <c>traceparent</c> that is stored beside the payload, where no span is current.</summary>
    public const string StoredParent = nameof(StoredParent);

    /// <summary>The expression for the <c>tracestate</c> that is stored with it.</summary>
    public const string StoredState = nameof(StoredState);

    /// <summary>The source that can start a span where none is current; see <see cref="Spans.SourceInReach"/>.</summary>
    public const string Source = nameof(Source);

    /// <summary>How many more entries the carrier can take, where that is visibly fewer than a context may need.</summary>
    public const string Room = nameof(Room);

    private const string Untraced = "nothing in this program starts a span";
    private const string ForwardIt = "extract and inject that context";

    /// <summary>The diagnostic for a dropped context: at the name of the call, with the evidence as additional locations.</summary>
    /// <param name="rule">The rule that reports it.</param>
    /// <param name="name">The name in the call.</param>
    /// <param name="called">The name of the called method, as a message shows it.</param>
    /// <param name="verdict">The verdict on the message.</param>
    /// <param name="site">What the call site offers a fix.</param>
    /// <param name="transport">The transport of the message.</param>
    /// <param name="mayTrace">Whether a span may be current there; where none can be, no trace is lost and the diagnostic is Info.</param>
    public static Diagnostic Create(
        DiagnosticDescriptor rule,
        SimpleNameSyntax name,
        string called,
        Verdict verdict,
        PublishSite site,
        Transport transport,
        bool mayTrace)
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

        var (reason, advice) = Words(site, verdict.Because, name.GetLocation(), transport);
        return Diagnostic.Create(
            rule,
            name.Identifier.GetLocation(),
            mayTrace && transport.HasCarrier ? rule.DefaultSeverity : DiagnosticSeverity.Info,
            verdict.Evidence.Select(static evidence => evidence.Location).Distinct(),
            properties,
            called,
            reason,
            mayTrace ? advice : Untraced);
    }

    private static (string Reason, string Advice) Words(PublishSite site, Evidence because, Location call, Transport transport)
        => site switch
        {
            _ when !transport.HasCarrier => transport.CannotCarry,
            { Room: <= 0 } => ($"the maximum number of {transport.CarrierName} is in use", "free one for the context"),
            { HasNoSpan: true } when !Injects(because) => WithoutSpan(site),
            _ => (Reason(because, call, transport), Advice(because, transport)),
        };

    private static bool Injects(Evidence because)
        => because.Kind is EvidenceKind.InjectedOnOtherPath or EvidenceKind.InjectedTooLate or EvidenceKind.InjectedElsewhere;

    private static (string Reason, string Advice) WithoutSpan(PublishSite site) => site switch
    {
        { Received: { } received } => ($"no span is current and {NotForwarded(received)}", ForwardIt),
        { Stored.Parent: var stored } => ("no span is current", $"forward the context stored in {MessageText.Quoted(stored)}"),
        { Source: not null } => ("no span is current", "start a producer span and inject its context"),
        _ => ("no span is current and no ActivitySource is in reach", "start a span and inject its context"),
    };

    private static string Reason(Evidence because, Location call, Transport transport) => because.Kind switch
    {
        EvidenceKind.CannotCarry => transport.CannotCarry.Reason,
        EvidenceKind.NoCarrier when Subject(because) is { } maker => $"the message from {maker} has no {transport.CarrierName}",
        EvidenceKind.CarrierWithoutContext when Subject(because) is { } maker
            => $"nothing injects into the {transport.CarrierName} from {maker}",
        EvidenceKind.NoCarrier => $"the message{Line(because, call, " created")} has no {transport.CarrierName}",
        EvidenceKind.CarrierWithoutContext => $"nothing injects into the {transport.CarrierName}{Line(because, call, " created")}",
        EvidenceKind.IncomingDropped => NotForwarded(because.Subject),
        EvidenceKind.InjectedOnOtherPath => $"{Injection(because, call)} is not on every path",
        EvidenceKind.InjectedTooLate => $"{Injection(because, call)} comes after the publish",
        EvidenceKind.InjectedElsewhere => $"{Injection(because, call)} writes to other {transport.CarrierName}",
        var kind => throw new ArgumentOutOfRangeException(nameof(because), kind, "Only a dropped context is reported."),
    };

    private static string Advice(Evidence because, Transport transport) => because.Kind switch
    {
        EvidenceKind.CannotCarry => transport.CannotCarry.Advice,
        EvidenceKind.IncomingDropped => ForwardIt,
        EvidenceKind.InjectedOnOtherPath => "inject on every path",
        EvidenceKind.InjectedTooLate => "inject before it",
        EvidenceKind.InjectedElsewhere => "inject into those of the message",
        _ => "inject the current context",
    };

    private static string Injection(Evidence because, Location call) => MessageText.Cut(because.Subject) + Line(because, call);

    // What created the message or its carrier; null when it is created in place.
    private static string? Subject(Evidence because) => because.Subject.Length > 0 ? MessageText.Quoted(because.Subject) : null;

    private static string NotForwarded(string received) => $"the context of {MessageText.Quoted(received)} is not forwarded";

    // Names the line, unless it is the reported one.
    private static string Line(Evidence evidence, Location call, string created = "")
        => LineOf(evidence.Location) is var line && line == LineOf(call) ? "" : $"{created} on line {line}";

    private static int LineOf(Location location) => location.GetMappedLineSpan().StartLinePosition.Line + 1;
}
