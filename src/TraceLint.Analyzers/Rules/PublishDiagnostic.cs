using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Boundaries;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>What a rule about publishes says, and what it tells its fix.</summary>
internal static class PublishDiagnostic
{
    /// <summary>Set when the carrier certainly exists where the message leaves, so that the fix need not create it.</summary>
    public const string CarrierExists = nameof(CarrierExists);

    /// <summary>The name of the received message whose context the fix has to carry on, when that is what is lost.</summary>
    public const string Incoming = nameof(Incoming);

    private const string Untraced = "; nothing in this program starts a span";

    /// <summary>The diagnostic for a dropped context: at the name of the call, the evidence as additional locations.</summary>
    /// <param name="mayTrace">Whether a span may be current there. Where none is, there is nothing to lose yet: it is only mentioned.</param>
    public static Diagnostic Create(DiagnosticDescriptor rule, SimpleNameSyntax name, Verdict verdict, Transport transport, bool mayTrace)
    {
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (verdict.CarrierExists)
        {
            properties = properties.Add(CarrierExists, "true");
        }

        if (verdict.Incoming is { Name: var incoming })
        {
            properties = properties.Add(Incoming, incoming);
        }

        return Diagnostic.Create(
            rule,
            name.Identifier.GetLocation(),
            mayTrace ? rule.DefaultSeverity : DiagnosticSeverity.Info,
            verdict.Evidence.Select(static evidence => evidence.Location).Distinct(),
            properties,
            name.Identifier.ValueText,
            Reason(verdict.Because, name.GetLocation(), transport) + (mayTrace ? "" : Untraced));
    }

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
