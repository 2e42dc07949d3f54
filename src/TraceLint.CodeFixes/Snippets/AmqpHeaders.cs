using Microsoft.CodeAnalysis;
using TraceLint.Flow;

namespace TraceLint.Snippets;

/// <summary>The headers of AMQP properties: a dictionary of objects, in which strings arrive as bytes.</summary>
internal abstract class AmqpHeaders : CarrierCode
{
    public override string Member => "Headers";

    public override string[] CarrierNames { get; } = ["headers", "carrier"];

    public override string[] LocalNames(CarrierRole role)
        => role is CarrierRole.Carrier ? ["headers", "messageHeaders"] : ["properties", "basicProperties"];

    public override string Empty(ITypeSymbol? message, SnippetSite site)
        => $"new {site.NameAfterNew("System.Collections.Generic.Dictionary`2")}<string, object>()";

    public override IReadOnlyList<string> Set(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site)
        => [$"{carrier}[{key}] = {site.Name("System.Text.Encoding")}.UTF8.GetBytes({value});"];

    public override IReadOnlyList<string> Copy(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site)
        => [$"{carrier}[{key}] = {value};"];

    public override string TryRead(string carrier, string key, string value)
        => $"{carrier} != null && {carrier}.TryGetValue({key}, out var {value}Object) && {value}Object is byte[] {value}";

    public override string TextOf(string value, SnippetSite site) => $"{site.Name("System.Text.Encoding")}.UTF8.GetString({value})";
}
