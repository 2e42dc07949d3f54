using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>The user properties of an MQTT message: a list, null on a new message, in which names may be there twice.</summary>
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

    // How a value is read differs between versions.
    public override string? Received(string variable, IReadOnlyList<ISymbol> symbols) => null;

    public override string TryRead(string carrier, string key, string value) => throw new NotSupportedException();

    public override string TextOf(string value, SnippetSite site) => throw new NotSupportedException();
}
