using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Rules;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>
/// TL2003: extracts from the carrier of a RabbitMQ, EasyNetQ, NATS, Google Pub/Sub, Pulsar or Azure message, or of a declared message.
/// There is no fix for the user properties of MQTT.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL2003_ExtractFromHeaders))]
public sealed class TL2003_ExtractFromHeaders : ExtractFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL2003_SpanWithoutContext.Id);

    private protected override IEnumerable<CarrierCode> CarriersIn(CompilationContext context)
        => CarrierCodes.In(context, TransportRules.Shared).Concat(DeclaredHeaders.In(context));
}
