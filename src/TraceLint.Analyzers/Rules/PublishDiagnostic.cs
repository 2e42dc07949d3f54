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
            verdict.Evidence.Select(static evidence => evidence.Location),
            verdict.CarrierExists ? s_carrierExists : ImmutableDictionary<string, string?>.Empty,
            name.Identifier.ValueText,
            Reason(verdict.Because));

    private static string Reason(Evidence because) => because.Kind switch
    {
        EvidenceKind.NoCarrier => $"the message made on line {LineOf(because)} has no headers",
        EvidenceKind.CarrierWithoutContext => $"nothing injects it into the headers made on line {LineOf(because)}",
        EvidenceKind.InjectedTooLate => $"{because.Subject} on line {LineOf(because)} comes too late",
        EvidenceKind.InjectedElsewhere => $"{because.Subject} on line {LineOf(because)} writes to other headers",
        var kind => throw new ArgumentOutOfRangeException(nameof(because), kind, "Only a dropped context is reported."),
    };

    private static int LineOf(Evidence evidence) => evidence.Location.GetMappedLineSpan().StartLinePosition.Line + 1;
}
