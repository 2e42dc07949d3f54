using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>
/// The headers of a Kafka message. Entries are removed before they are added, because <c>Headers.Add</c> appends and a forwarded
/// message already has a traceparent.
/// </summary>
internal sealed class KafkaHeaders(ConfluentKafka kafka) : CarrierCode
{
    public override Transport Transport => kafka;

    public override string Member => "Headers";

    public override string[] CarrierNames { get; } = ["headers", "carrier"];

    public override string[] LocalNames(CarrierRole role) => role switch
    {
        CarrierRole.Carrier => ["headers", "kafkaHeaders"],
        CarrierRole.Batch => ["messages", "kafkaMessages"],
        _ => ["message", "kafkaMessage"],
    };

    public override string Empty(ITypeSymbol? message, SnippetSite site) => $"new {site.NameAfterNew(kafka.Types.Headers)}()";

    public override IReadOnlyList<string> Set(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site)
        => [$"{carrier}.Remove({key});", $"{carrier}.Add({key}, {site.Name("System.Text.Encoding")}.UTF8.GetBytes({value}));"];

    public override IReadOnlyList<string> Copy(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site)
        => [$"{carrier}.Remove({key});", $"{carrier}.Add({key}, {value});"];

    public override string? Received(string variable, IReadOnlyList<ISymbol> symbols)
        => symbols is [IParameterSymbol { Type: var type }] && kafka.RoleOf(type) is CarrierRole.Message
            ? $"{variable}.Headers"
            : $"{variable}.Message.Headers";

    public override string TryRead(string carrier, string key, string value) => $"{carrier}.TryGetLastBytes({key}, out var {value})";

    public override string TryReadReceived(string carrier, string key, string value)
        => $"{carrier} != null && {TryRead(carrier, key, value)}";

    public override string AndHasValue(string value) => $" && {value} != null";

    public override string TextOf(string value, SnippetSite site) => $"{site.Name("System.Text.Encoding")}.UTF8.GetString({value})";
}
