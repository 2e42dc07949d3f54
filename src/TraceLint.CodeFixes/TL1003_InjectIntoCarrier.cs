using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Boundaries;
using TraceLint.Rules;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>TL1003: injects into, or carries on to, the headers or user properties of a RabbitMQ, MQTT or NATS message, or the carrier of a declared one. The fields of a Redis stream have no fix.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL1003_InjectIntoCarrier))]
public sealed class TL1003_InjectIntoCarrier : PublishFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL1003_PublishWithoutContext.Id);

    private protected override IEnumerable<CarrierCode> CarriersIn(Compilation compilation, AnalyzerOptions options)
    {
        if (RabbitMq.In(compilation) is { } rabbit)
        {
            yield return new RabbitHeaders(rabbit);
        }

        if (Mqtt.In(compilation) is { } mqtt)
        {
            yield return new MqttUserProperties(mqtt);
        }

        if (Nats.In(compilation) is { } nats)
        {
            yield return new NatsHeaders(nats);
        }

        foreach (var headers in DeclaredHeaders.In(compilation, options).Where(static headers => headers.IsWritten))
        {
            yield return headers;
        }
    }
}
