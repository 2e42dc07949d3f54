using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Rules;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>TL2001: extracts from the headers of a Kafka message.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL2001_ExtractFromKafkaHeaders))]
public sealed class TL2001_ExtractFromKafkaHeaders : ExtractFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL2001_KafkaSpanWithoutContext.Id);

    private protected override IEnumerable<CarrierCode> CarriersIn(CompilationContext context)
        => CarrierCodes.In(context, TransportRules.Kafka);
}
