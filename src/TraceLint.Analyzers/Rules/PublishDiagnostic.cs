using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>What a rule about publishes says, and what it tells its fix.</summary>
internal static class PublishDiagnostic
{
    /// <summary>Set when the carrier certainly exists where the message leaves, so that the fix need not create it.</summary>
    public const string CarrierExists = nameof(CarrierExists);

    private static readonly ImmutableDictionary<string, string?> s_carrierExists
        = ImmutableDictionary<string, string?>.Empty.Add(CarrierExists, "true");

    /// <summary>The diagnostic for a dropped context: at the name of the call, the evidence as additional locations.</summary>
    public static Diagnostic Create(DiagnosticDescriptor rule, SimpleNameSyntax name, Verdict verdict)
        => Diagnostic.Create(
            rule,
            name.Identifier.GetLocation(),
            verdict.Evidence.Select(static evidence => evidence.Location).Distinct(),
            verdict.CarrierExists ? s_carrierExists : ImmutableDictionary<string, string?>.Empty,
            name.Identifier.ValueText,
            Reason(verdict.Because, name.GetLocation()));

    private static string Reason(Evidence because, Location call) => because.Kind switch
    {
        EvidenceKind.NoCarrier when because.Subject.Length > 0 => $"the message that {because.Subject} makes has no headers",
        EvidenceKind.CarrierWithoutContext when because.Subject.Length > 0 => $"nothing injects it into the headers that {because.Subject} makes",
        EvidenceKind.NoCarrier => $"the message{Line(because, call, " made")} has no headers",
        EvidenceKind.CarrierWithoutContext => $"nothing injects it into the headers{Line(because, call, " made")}",
        EvidenceKind.InjectedTooLate => $"{because.Subject}{Line(because, call)} comes too late",
        EvidenceKind.InjectedElsewhere => $"{because.Subject}{Line(because, call)} writes to other headers",
        var kind => throw new ArgumentOutOfRangeException(nameof(because), kind, "Only a dropped context is reported."),
    };

    // Where to look, unless it is the very line that is reported.
    private static string Line(Evidence evidence, Location call, string made = "")
        => LineOf(evidence.Location) is var line && line == LineOf(call) ? "" : $"{made} on line {line}";

    private static int LineOf(Location location) => location.GetMappedLineSpan().StartLinePosition.Line + 1;
}
