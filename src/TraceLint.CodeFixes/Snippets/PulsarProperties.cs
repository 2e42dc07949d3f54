using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>
/// The properties of a Pulsar message: they are written to the metadata by its indexer, which replaces, and read from a dictionary. A
/// message that is sent without metadata gets new ones; there is no code for the builder of messages.
/// </summary>
internal sealed class PulsarProperties(DotPulsar pulsar) : CarrierCode
{
    public override Transport Transport => pulsar;

    public override string Member => "Properties";

    public override bool CanBeMade => false;

    public override string[] CarrierNames { get; } = ["carrier", "properties"];

    public override string[] LocalNames(CarrierRole role)
        => role is CarrierRole.Carrier ? ["metadata", "messageMetadata"] : ["message", "messageBuilder"];

    public override string Empty(ITypeSymbol? message, SnippetSite site) => throw new NotSupportedException();

    public override IReadOnlyList<string> Set(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site)
        => [$"{carrier}[{key}] = {value};"];

    public override string? Received(string variable, IReadOnlyList<ISymbol> symbols) => $"{variable}.Properties";

    public override string TryRead(string carrier, string key, string value) => $"{carrier}.TryGetValue({key}, out var {value})";

    public override string TryReadReceived(string carrier, string key, string value)
        => $"{carrier} != null && {TryRead(carrier, key, value)}";

    public override string TextOf(string value, SnippetSite site) => value;

    public override RewrittenPublish? Rewrite(
        InvocationExpressionSyntax call, IInvocationOperation operation, Func<INamedTypeSymbol, string> nameOf)
        => new(
            SyntaxFactory.ParseExpression($"new {nameOf(pulsar.Metadata)}()"),
            pulsar.Metadata,
            name => call.ArgumentList.WithArguments(call.ArgumentList.Arguments.Insert(0, SyntaxFactory.Argument(SyntaxFactory.IdentifierName(name)))))
        {
            Role = CarrierRole.Carrier,
        };
}
