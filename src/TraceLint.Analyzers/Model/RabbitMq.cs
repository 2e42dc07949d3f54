using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// RabbitMQ.Client before version 7: <c>IModel.BasicPublish</c> sends a body with <c>IBasicProperties</c>, whose <c>Headers</c> are the
/// carrier, a dictionary that is null on new properties. Without properties there is no carrier. Version 7 has no <c>IModel</c> and
/// propagates by itself. Batches (<c>IBasicPublishBatch.Add</c>) are not analyzed.
/// </summary>
internal sealed class RabbitMq : Transport
{
    private static readonly HashSet<string> s_publishNames = new(StringComparer.Ordinal) { "BasicPublish" };

    private readonly INamedTypeSymbol _model;
    private readonly INamedTypeSymbol _properties;
    private readonly INamedTypeSymbol? _delivery;
    private readonly INamedTypeSymbol? _result;

    private RabbitMq(INamedTypeSymbol model, INamedTypeSymbol properties, Compilation compilation)
    {
        (_model, _properties) = (model, properties);
        _delivery = compilation.TypeNamed(Names.Delivery);
        _result = compilation.TypeNamed(Names.Result);
        Clients = ImmutableArray.Create(model);
    }

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Model = "RabbitMQ.Client.IModel";
        public const string Properties = "RabbitMQ.Client.IBasicProperties";
        public const string Delivery = "RabbitMQ.Client.Events.BasicDeliverEventArgs";
        public const string Result = "RabbitMQ.Client.BasicGetResult";
    }

    public override string Name => "rabbitmq";

    public override HashSet<string> PublishNames => s_publishNames;

    public override string CarrierName => "headers";

    public override (string Reason, string Advice) CannotCarry
        => ("without properties it has no headers", "pass headers with the current context");

    public override bool HasPlainCarrier => true;

    public override ImmutableArray<INamedTypeSymbol> Clients { get; }

    /// <summary>The transport in a compilation; null when the library is not referenced or is version 7.</summary>
    public static RabbitMq? In(Compilation compilation)
        => compilation.TypeNamed(Names.Model) is { } model && compilation.TypeNamed(Names.Properties) is { } properties
            ? new RabbitMq(model, properties, compilation)
            : null;

    public override CallEffect EffectOf(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (!IsOwnMember(method))
        {
            return DictionaryCarrier.EffectOf(call, IsCarrier);
        }

        return method.Name switch
        {
            "BasicPublish" when IsOf(method, _model) => Publish(call),
            "CreateBasicProperties" when IsOf(method, _model) => new CallEffect(CallEffectKind.Create),
            "ClearHeaders" => new CallEffect(CallEffectKind.Remove, call.Instance),
            _ => new CallEffect(CallEffectKind.Harmless),
        };
    }

    public override CallEffect EffectOf(IPropertyReferenceOperation indexer) => DictionaryCarrier.EffectOf(indexer, IsCarrier);

    private static CallEffect Publish(IInvocationOperation call)
    {
        if (IsReply(ArgumentFor(call, "routingKey") ?? ArgumentFor(call, "addr")))
        {
            return new CallEffect(CallEffectKind.Harmless);
        }

        var properties = ArgumentFor(call, "basicProperties");
        return new CallEffect(CallEffectKind.Publish, properties is null || properties.IsNull() ? null : properties);
    }

    public override CarrierRole RoleOf(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol named when IsProperties(named) => CarrierRole.Message,
        _ when IsCarrier(type) => CarrierRole.Carrier,
        _ => CarrierRole.None,
    };

    public override bool IsEmptyWhenNew(ITypeSymbol type) => IsCarrier(type) || (RoleOf(type) is CarrierRole.Message && IsOwnMember(type));

    public override MemberRole RoleOfMember(ISymbol member)
        => member.Name == "Headers" && IsOwnMember(member) && IsProperties(member.ContainingType) ? MemberRole.Carrier : MemberRole.None;

    public override bool IsReceived(ITypeSymbol? type) => Is(type, _delivery) || Is(type, _result);

    public override bool IsOwnMember(ISymbol member)
        => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _model.ContainingAssembly);

    private bool IsProperties(INamedTypeSymbol type)
        => Is(type, _properties) || type.AllInterfaces.Contains(_properties, SymbolEqualityComparer.Default);

    private static bool IsCarrier(ITypeSymbol? type) => DictionaryCarrier.ValueOf(type) is { SpecialType: SpecialType.System_Object };
}
