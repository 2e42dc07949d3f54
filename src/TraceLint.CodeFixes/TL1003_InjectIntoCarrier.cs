using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Boundaries;
using TraceLint.Flow;
using TraceLint.Rules;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>TL1003: injects into, or carries on to, the headers or user properties of a RabbitMQ, MQTT or NATS message, or the carrier of a declared one. The fields of a Redis stream have no fix.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL1003_InjectIntoCarrier))]
public sealed class TL1003_InjectIntoCarrier : PublishFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL1003_PublishWithoutContext.Id);

    private protected override IEnumerable<CarrierCode> CarriersIn(SourceModels sources)
    {
        if (RabbitMq.In(sources.Compilation) is { } rabbit)
        {
            yield return new RabbitHeaders(rabbit);
        }

        if (Mqtt.In(sources.Compilation) is { } mqtt)
        {
            yield return new MqttUserProperties(mqtt);
        }

        if (Nats.In(sources.Compilation) is { } nats)
        {
            yield return new NatsHeaders(nats);
        }

        foreach (var headers in DeclaredHeaders.In(sources).Where(static headers => headers.IsWritten))
        {
            yield return headers;
        }
    }
}
