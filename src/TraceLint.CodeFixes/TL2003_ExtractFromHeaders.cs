using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Boundaries;
using TraceLint.Flow;
using TraceLint.Rules;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>TL2003: extracts from the headers of a RabbitMQ or NATS message, or the carrier of a declared one. The user properties of MQTT have no fix.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL2003_ExtractFromHeaders))]
public sealed class TL2003_ExtractFromHeaders : ExtractFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL2003_SpanWithoutContext.Id);

    private protected override IEnumerable<CarrierCode> CarriersIn(SourceModels sources)
    {
        if (RabbitMq.In(sources.Compilation) is { } rabbit)
        {
            yield return new RabbitHeaders(rabbit);
        }

        if (Nats.In(sources.Compilation) is { } nats)
        {
            yield return new NatsHeaders(nats);
        }

        foreach (var headers in DeclaredHeaders.In(sources))
        {
            yield return headers;
        }
    }
}
