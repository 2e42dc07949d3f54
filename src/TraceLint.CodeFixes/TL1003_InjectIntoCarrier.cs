using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Rules;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>
/// TL1003: injects the current context, or forwards a received one, into the headers or user properties of a RabbitMQ, MQTT or NATS
/// message, or into the carrier of a declared message. There is no fix for the fields of a Redis stream.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL1003_InjectIntoCarrier))]
public sealed class TL1003_InjectIntoCarrier : PublishFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL1003_PublishWithoutContext.Id);

    private protected override IEnumerable<CarrierCode> CarriersIn(CompilationContext context)
    {
        if (RabbitMq.In(context.Compilation) is { } rabbit)
        {
            yield return new RabbitHeaders(rabbit);
        }

        if (Mqtt.In(context.Compilation) is { } mqtt)
        {
            yield return new MqttUserProperties(mqtt);
        }

        if (Nats.In(context.Compilation) is { } nats)
        {
            yield return new NatsHeaders(nats);
        }

        foreach (var headers in DeclaredHeaders.In(context).Where(static headers => headers.IsWritten))
        {
            yield return headers;
        }
    }
}
