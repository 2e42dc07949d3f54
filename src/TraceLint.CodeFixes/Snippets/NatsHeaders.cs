using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Boundaries;
using TraceLint.Flow;

namespace TraceLint.Snippets;

/// <summary>The headers of a NATS message, which make themselves when they are read; the indexer replaces.</summary>
internal sealed class NatsHeaders(Nats nats) : CarrierCode
{
    public override Transport Transport => nats;

    public override string Member => "Header";

    public override string[] CarrierNames { get; } = ["headers", "carrier"];

    public override string[] LocalNames(CarrierRole role) => role is CarrierRole.Carrier ? ["headers", "messageHeaders"] : ["message", "natsMessage"];

    public override string Empty(ITypeSymbol? message, SnippetSite site) => $"new {site.NameAfterNew(Nats.StubbedNames.Headers)}()";

    public override IReadOnlyList<string> Set(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site) => [$"{carrier}[{key}] = {value};"];

    public override string? Received(string variable, IReadOnlyList<ISymbol> symbols) => $"{variable}.Message.Header";

    public override string TryRead(string carrier, string key, string value) => $"{carrier}[{key}] is string {value}";

    public override string TryReadReceived(string carrier, string key, string value) => $"{carrier}?[{key}] is string {value}";

    public override string TextOf(string value, SnippetSite site) => value;

    // Subject, reply and data have a constructor of the message that takes the same.
    public override RewrittenPublish? Rewrite(InvocationExpressionSyntax call, IInvocationOperation operation, Func<INamedTypeSymbol, string> nameOf)
    {
        var parts = operation.Arguments.TakeWhile(static argument => argument.Parameter?.Name is "subject" or "reply" or "data").ToList();
        var types = parts.Select(static argument => argument.Parameter!.Type).ToList();
        var others = operation.Arguments.Skip(parts.Count).ToList();
        if (parts.Exists(static argument => argument.IsImplicit || ((ArgumentSyntax)argument.Syntax).NameColon is not null)
            || others.Exists(static argument => argument.Parameter?.Name is "offset" or "count")
            || !nats.Message.InstanceConstructors.Any(constructor => constructor.Parameters.Select(static parameter => parameter.Type).SequenceEqual(types, SymbolEqualityComparer.Default)))
        {
            return null;
        }

        var made = SyntaxFactory.ParseExpression($"new {nameOf(nats.Message)}({string.Join(", ", parts.Select(static argument => argument.Syntax.WithoutTrivia().ToString()))})");
        var rest = others.Where(static argument => !argument.IsImplicit).Select(static argument => ((ArgumentSyntax)argument.Syntax).WithoutTrivia().ToString());
        return new RewrittenPublish(made, nats.Message, name => SyntaxFactory.ParseArgumentList($"({string.Join(", ", rest.Prepend(name))})"));
    }
}
