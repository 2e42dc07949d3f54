using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>The headers of a NATS message, which are created when they are first read. The indexer replaces an entry.</summary>
internal sealed class NatsHeaders(Nats nats) : CarrierCode
{
    public override Transport Transport => nats;

    public override string Member => "Header";

    public override string[] CarrierNames { get; } = ["headers", "carrier"];

    public override string[] LocalNames(CarrierRole role)
        => role is CarrierRole.Carrier ? ["headers", "messageHeaders"] : ["message", "natsMessage"];

    public override string Empty(ITypeSymbol? message, SnippetSite site) => $"new {site.NameAfterNew(Nats.StubbedNames.Headers)}()";

    public override IReadOnlyList<string> Set(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site)
        => [$"{carrier}[{key}] = {value};"];

    public override string? Received(string variable, IReadOnlyList<ISymbol> symbols) => $"{variable}.Message.Header";

    public override string TryRead(string carrier, string key, string value) => $"{carrier}[{key}] is string {value}";

    public override string TryReadReceived(string carrier, string key, string value) => $"{carrier}?[{key}] is string {value}";

    public override string TextOf(string value, SnippetSite site) => value;

    // The message has constructors that take subject, reply and data. Null headers are dropped; the other arguments must be those of the
    // overload that takes a message.
    public override RewrittenPublish? Rewrite(
        InvocationExpressionSyntax call, IInvocationOperation operation, Func<INamedTypeSymbol, string> nameOf)
    {
        var given = operation.Arguments
            .Where(static argument => argument is not { Parameter.Name: "headers", Value.ConstantValue: { HasValue: true, Value: null } })
            .ToList();
        var parts = given.TakeWhile(static argument => argument.Parameter?.Name is "subject" or "reply" or "data").ToList();
        var others = given.Skip(parts.Count).ToList();
        if (parts.Exists(static argument => argument.IsImplicit || ((ArgumentSyntax)argument.Syntax).NameColon is not null)
            || !nats.Message.InstanceConstructors.Any(constructor => Takes(constructor, TypesOf(parts)))
            || !operation.TargetMethod.ContainingType.GetMembers(operation.TargetMethod.Name)
                .OfType<IMethodSymbol>()
                .Any(method => Takes(method, TypesOf(others).Prepend(nats.Message))))
        {
            return null;
        }

        var arguments = parts.Select(static argument => argument.Syntax.WithoutTrivia().ToString());
        var made = SyntaxFactory.ParseExpression($"new {nameOf(nats.Message)}({string.Join(", ", arguments)})");
        var rest = others.Where(static argument => !argument.IsImplicit)
            .Select(static argument => ((ArgumentSyntax)argument.Syntax).WithoutTrivia().ToString());
        return new RewrittenPublish(
            made, nats.Message, name => SyntaxFactory.ParseArgumentList($"({string.Join(", ", rest.Prepend(name))})"));
    }

    private static IEnumerable<ITypeSymbol> TypesOf(IEnumerable<IArgumentOperation> arguments)
        => arguments.Select(static argument => argument.Parameter!.Type);

    private static bool Takes(IMethodSymbol method, IEnumerable<ITypeSymbol> types)
        => method.Parameters.Select(static parameter => parameter.Type).SequenceEqual(types, SymbolEqualityComparer.Default);
}
