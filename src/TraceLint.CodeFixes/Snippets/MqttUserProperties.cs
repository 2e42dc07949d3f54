using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>The user properties of an MQTT message: a list, which is null on a new message and may contain a name twice.</summary>
internal sealed class MqttUserProperties(Mqtt mqtt) : CarrierCode
{
    public override Transport Transport => mqtt;

    public override string Member => "UserProperties";

    public override bool MayBeMissing => true;

    public override string[] CarrierNames { get; } = ["properties", "carrier"];

    public override string[] LocalNames(CarrierRole role)
        => role is CarrierRole.Carrier ? ["properties", "userProperties"] : ["message", "applicationMessage"];

    public override string Empty(ITypeSymbol? message, SnippetSite site)
        => $"new {site.NameAfterNew("System.Collections.Generic.List`1")}<{site.NameAfterNew(Mqtt.Names.UserProperty)}>()";

    public override IReadOnlyList<string> Set(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site)
    {
        var property = site.Parameter("property", "entry");
        var bytes = mqtt.ValuesAreBytes
            ? $"new {site.NameAfterNew("System.ReadOnlyMemory`1")}<byte>({site.Name("System.Text.Encoding")}.UTF8.GetBytes({value}))"
            : value;
        return
        [
            $"{carrier}.RemoveAll({property} => {property}.Name == {key});",
            $"{carrier}.Add(new {site.NameAfterNew(Mqtt.Names.UserProperty)}({key}, {bytes}));",
        ];
    }

    // Values are read differently in different versions of the library.
    public override string? Received(string variable, IReadOnlyList<ISymbol> symbols) => null;

    public override string TryRead(string carrier, string key, string value) => throw new NotSupportedException();

    public override string TextOf(string value, SnippetSite site) => throw new NotSupportedException();
}
