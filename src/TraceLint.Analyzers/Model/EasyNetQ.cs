using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// EasyNetQ 6, 7 and 8.0, which publish with RabbitMQ.Client 6: <c>IAdvancedBus.PublishAsync</c> with <c>MessageProperties</c>, whose
/// <c>Headers</c> are the carrier, and <c>IPubSub.PublishAsync</c> and <c>ISendReceive.SendAsync</c>, which have headers only where
/// <c>WithHeaders</c> passes them. EasyNetQ traces nothing itself; since 8.1, RabbitMQ.Client 7 propagates below it. What is published as
/// an <c>IMessage</c> is not analyzed.
/// </summary>
internal sealed class EasyNetQ : Transport
{
    private static readonly HashSet<string> s_publishNames = new(StringComparer.Ordinal) { "Publish", "PublishAsync", "Send", "SendAsync" };

    private readonly INamedTypeSymbol _properties;
    private readonly INamedTypeSymbol? _message;
    private readonly INamedTypeSymbol? _receivedInfo;

    private EasyNetQ(INamedTypeSymbol properties, ImmutableArray<INamedTypeSymbol> clients, Compilation compilation)
    {
        (_properties, Clients) = (properties, clients);
        _message = compilation.TypeNamed(StubbedNames.Message);
        _receivedInfo = compilation.TypeNamed(StubbedNames.ReceivedInfo);
    }

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Headers = "System.Collections.Generic.Dictionary`2";
    }

    /// <summary>The metadata names of a library that cannot be restored for tests.</summary>
    internal static class StubbedNames
    {
        public const string AdvancedBus = "EasyNetQ.IAdvancedBus";
        public const string PubSub = "EasyNetQ.IPubSub";
        public const string SendReceive = "EasyNetQ.ISendReceive";
        public const string Properties = "EasyNetQ.MessageProperties";
        public const string Message = "EasyNetQ.IMessage";
        public const string ReceivedInfo = "EasyNetQ.MessageReceivedInfo";
        public const string Interceptor = "EasyNetQ.Interception.IProduceConsumeInterceptor";
        public const string Serialization = "EasyNetQ.IMessageSerializationStrategy";
    }

    /// <summary>Whether new properties have headers, as before version 8.</summary>
    public bool HasHeadersWhenNew => _properties.TypeKind is TypeKind.Class;

    public override string Name => "easynetq";

    public override HashSet<string> PublishNames => s_publishNames;

    public override string CarrierName => "headers";

    public override (string Reason, string Advice) CannotCarry => ("the call passes no headers", "pass the current context with WithHeaders");

    public override bool HasPlainCarrier => true;

    /// <summary>The buses, and what the project can replace to write headers for all of them.</summary>
    public override ImmutableArray<INamedTypeSymbol> Clients { get; }

    /// <summary>The transport in a compilation; null when the library is not referenced, or RabbitMQ.Client 7 propagates below it.</summary>
    public static EasyNetQ? In(Compilation compilation)
    {
        var clients = new[]
            {
                StubbedNames.AdvancedBus, StubbedNames.PubSub, StubbedNames.SendReceive, StubbedNames.Interceptor, StubbedNames.Serialization,
            }
            .Select(name => compilation.TypeNamed(name))
            .OfType<INamedTypeSymbol>()
            .ToImmutableArray();
        return compilation.TypeNamed(StubbedNames.Properties) is { } properties && compilation.TypeNamed(RabbitMq.Names.Model) is not null
            ? new EasyNetQ(properties, clients, compilation)
            : null;
    }

    public override CallEffect EffectOf(IInvocationOperation call)
        => IsPublishOfClient(call.TargetMethod) ? Publish(call)
            : IsOwnMember(call.TargetMethod) ? new CallEffect(CallEffectKind.Harmless)
            : DictionaryCarrier.EffectOf(call, IsCarrier);

    public override CallEffect EffectOf(IPropertyReferenceOperation indexer) => DictionaryCarrier.EffectOf(indexer, IsCarrier);

    private CallEffect Publish(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (IsProperties(argument.Parameter?.Type))
            {
                return IsReply(ArgumentFor(call, "routingKey"))
                    ? new CallEffect(CallEffectKind.Harmless)
                    : new CallEffect(CallEffectKind.Publish, argument.Value);
            }

            if (IsMessage(argument.Parameter?.Type))
            {
                return new CallEffect(CallEffectKind.Harmless);
            }
        }

        // Only a lambda shows that it passes no headers.
        return ArgumentFor(call, "configure") is not { } configure
            || (configure.Syntax is LambdaExpressionSyntax lambda && !Mentions(lambda, "WithHeaders"))
                ? new CallEffect(CallEffectKind.Publish)
                : new CallEffect(CallEffectKind.Harmless);
    }

    private static bool Mentions(SyntaxNode code, string name)
        => code.DescendantNodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var text } && text == name);

    public override CarrierRole RoleOf(ITypeSymbol? type)
        => IsProperties(type) ? CarrierRole.Message : IsCarrier(type) ? CarrierRole.Carrier : CarrierRole.None;

    public override bool IsEmptyWhenNew(ITypeSymbol type) => RoleOf(type) is not CarrierRole.None;

    public override bool HasCarrierWhenNew(ITypeSymbol type) => IsProperties(type) && HasHeadersWhenNew;

    public override MemberRole RoleOfMember(ISymbol member)
        => member.Name == "Headers" && IsProperties(member.ContainingType) ? MemberRole.Carrier : MemberRole.None;

    public override ReceivedRole ReceivedAs(ITypeSymbol? type)
        => IsProperties(type) || IsMessage(type) ? ReceivedRole.Either : ReceivedRole.None;

    // A handler gets a MessageReceivedInfo as well.
    public override bool IsReceived(IParameterSymbol parameter)
        => ReceivedAs(parameter.Type) is ReceivedRole.Either && HandlerOf(parameter) is not null;

    // The body is handed over beside the properties.
    public override IEnumerable<ISymbol> RestOf(IParameterSymbol received)
        => HandlerOf(received)?.Parameters.Where(static other => other.Type.Name is "ReadOnlyMemory") ?? [];

    private IMethodSymbol? HandlerOf(IParameterSymbol parameter)
        => parameter.ContainingSymbol is IMethodSymbol handler && handler.Parameters.Any(other => Is(other.Type, _receivedInfo)) ? handler : null;

    public override bool IsOfEntryPoint(IParameterSymbol parameter) => IsReceived(parameter);

    public override bool IsOwnMember(ISymbol member)
        => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _properties.ContainingAssembly);

    /// <summary>Whether a type is that of the properties of a message.</summary>
    public bool IsProperties(ITypeSymbol? type) => Is(type, _properties);

    private bool IsMessage(ITypeSymbol? type)
        => type is not null && _message is not null
            && (Is(type, _message) || type.AllInterfaces.Contains(_message, SymbolEqualityComparer.Default));

    private static bool IsCarrier(ITypeSymbol? type) => DictionaryCarrier.ValueOf(type) is { SpecialType: SpecialType.System_Object };
}
