using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>The attributes of a Google Pub/Sub message, which always exist and are read-only. The indexer replaces an entry.</summary>
internal sealed class PubSubAttributes(GooglePubSub pubSub) : CarrierCode
{
    public override Transport Transport => pubSub;

    public override string Member => "Attributes";

    public override bool IsAlwaysThere => true;

    public override bool CanBeMade => false;

    public override string[] CarrierNames { get; } = ["attributes", "carrier"];

    public override string[] LocalNames(CarrierRole role) => role switch
    {
        CarrierRole.Carrier => ["attributes", "messageAttributes"],
        CarrierRole.Batch => ["messages", "request"],
        _ => ["message", "pubsubMessage"],
    };

    public override string Empty(ITypeSymbol? message, SnippetSite site) => throw new NotSupportedException();

    public override IReadOnlyList<string> Set(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site)
        => [$"{carrier}[{key}] = {value};"];

    public override string? Received(string variable, IReadOnlyList<ISymbol> symbols) => ReceivedByType(variable, symbols);

    public override string? ReceivedAs(ITypeSymbol type, string variable)
        => pubSub.RoleOf(type) is CarrierRole.Message ? $"{variable}.Attributes" : $"{variable}.Message.Attributes";

    public override string TryRead(string carrier, string key, string value) => $"{carrier}.TryGetValue({key}, out var {value})";

    public override string TryReadReceived(string carrier, string key, string value)
        => $"{carrier} != null && {TryRead(carrier, key, value)}";

    public override string TextOf(string value, SnippetSite site) => value;

    // Does what the overload does: text becomes UTF-8, and another protobuf message its bytes.
    public override RewrittenPublish? Rewrite(
        InvocationExpressionSyntax call, IInvocationOperation operation, Func<INamedTypeSymbol, string> nameOf)
    {
        if (operation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "message") is not { } payload
            || operation.SemanticModel?.Compilation.TypeNamed(GooglePubSub.StubbedNames.Bytes) is not { } bytes
            || operation.Arguments.Any(static argument => argument is { Parameter.Name: "encoding", IsImplicit: false }))
        {
            return null;
        }

        var value = ((ArgumentSyntax)payload.Syntax).Expression.WithoutTrivia().ToString();
        var data = payload.Parameter!.Type switch
        {
            { SpecialType: SpecialType.System_String } => $"{nameOf(bytes)}.CopyFromUtf8({value})",
            IArrayTypeSymbol => $"{nameOf(bytes)}.CopyFrom({value})",
            var type when SymbolEqualityComparer.Default.Equals(type, bytes) => value,
            _ => null,
        };
        if (data is null)
        {
            return null;
        }

        var orderingKey = operation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "orderingKey");
        var key = orderingKey is { Syntax: ArgumentSyntax given }
            ? $"OrderingKey = {given.Expression.WithoutTrivia()}, "
            : "";
        var made = SyntaxFactory.ParseExpression($"new {nameOf(pubSub.Message)} {{ {key}Data = {data} }}");
        return new RewrittenPublish(made, pubSub.Message, static name => SyntaxFactory.ParseArgumentList($"({name})"));
    }
}
