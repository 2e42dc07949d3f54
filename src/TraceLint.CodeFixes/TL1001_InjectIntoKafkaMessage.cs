using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Rules;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>TL1001: injects the current context, or forwards a received one, into the headers of a Kafka message.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL1001_InjectIntoKafkaMessage))]
public sealed class TL1001_InjectIntoKafkaMessage : PublishFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL1001_KafkaPublishWithoutContext.Id);

    private protected override IEnumerable<CarrierCode> CarriersIn(CompilationContext context)
        => CarrierCodes.In(context, TransportRules.Kafka);
}
