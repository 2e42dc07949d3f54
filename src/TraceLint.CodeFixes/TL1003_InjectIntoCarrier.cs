using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Rules;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>
/// TL1003: injects the current context, or forwards a received one, into the carrier of a RabbitMQ, EasyNetQ, MQTT, NATS, Google
/// Pub/Sub or Pulsar message, or into the carrier of a declared message. There is no fix for the fields of a Redis stream.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL1003_InjectIntoCarrier))]
public sealed class TL1003_InjectIntoCarrier : PublishFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL1003_PublishWithoutContext.Id);

    private protected override IEnumerable<CarrierCode> CarriersIn(CompilationContext context)
        => CarrierCodes.In(context, TransportRules.Shared)
            .Concat(DeclaredHeaders.In(context).Where(static headers => headers.IsWritten));
}
