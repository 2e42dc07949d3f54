using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>
/// The application properties of a received message of Service Bus or Event Hubs. Unless its ActivitySource is enabled, the client of the
/// sender writes the context as <c>Diagnostic-Id</c> alone.
/// </summary>
internal sealed class AzureProperties(AzureMessages azure) : CarrierCode
{
    private const string Parent = "traceparent";

    public override Transport Transport => azure;

    public override string Member => azure.Name == "servicebus" ? "ApplicationProperties" : "Properties";

    public override string[] CarrierNames { get; } = ["properties", "carrier"];

    public override string[] LocalNames(CarrierRole role)
        => role is CarrierRole.Carrier ? ["properties", "carrier"] : ["message", "received"];

    public override string Empty(ITypeSymbol? message, SnippetSite site) => throw new NotSupportedException();

    public override IReadOnlyList<string> Set(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site)
        => [$"{carrier}[{key}] = {value};"];

    public override string? Received(string variable, IReadOnlyList<ISymbol> symbols) => $"{variable}.{Member}";

    public override string? ReceivedAs(ITypeSymbol type, string variable)
        => type.Name == "PartitionEvent" ? $"{variable}.Data.{Member}" : Received(variable, []);

    public override string TryRead(string carrier, string key, string value)
    {
        var named = $"{carrier}.TryGetValue({key}, out var {value}Object)";
        var older = $"{carrier}.TryGetValue(\"Diagnostic-Id\", out {value}Object)";
        return (key switch
        {
            _ when key == $"\"{Parent}\"" => $"({named} || {older})",
            _ when key.StartsWith("\"", StringComparison.Ordinal) => named,
            _ => $"({named} || ({key} == \"{Parent}\" && {older}))",
        }) + $" && {value}Object is string {value}";
    }

    public override string TryReadReceived(string carrier, string key, string value)
        => $"{carrier} != null && {TryRead(carrier, key, value)}";

    public override string TextOf(string value, SnippetSite site) => value;
}
