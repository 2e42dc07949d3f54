using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Configuration;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// A transport that the user has declared: methods that publish, and one carrier, which is a parameter of these methods or a member of
/// their message. Each carrier is a transport of its own.
/// </summary>
internal sealed class DeclaredBus : Transport
{
    private readonly DeclaredCarrier? _carrier;
    private readonly ImmutableArray<DeclaredMethod> _publishes;
    private readonly ImmutableArray<INamedTypeSymbol> _published;
    private readonly ImmutableArray<DeclaredMethod> _consumes;
    private readonly ImmutableArray<DeclaredType> _receivedTypes;
    private readonly HashSet<string> _consumeNames;
    private readonly DeclaredMessage _message;
    private readonly (string Name, int Key)? _write;
    private readonly Settings _settings;
    private readonly ConcurrentDictionary<IMethodSymbol, DeclaredMethod?> _known = new(SymbolEqualityComparer.Default);

    private DeclaredBus(
        DeclaredCarrier? carrier,
        ImmutableArray<DeclaredMethod> publishes,
        ImmutableArray<DeclaredCarrier> received,
        ImmutableArray<INamedTypeSymbol> published,
        DeclaredTransports declared,
        Settings settings)
    {
        (_carrier, _publishes, Received, _published, _settings) = (carrier, publishes, received, published, settings);
        (_consumes, _receivedTypes) = (declared.Consumes, declared.Received);
        _consumeNames = new HashSet<string>(_consumes.Select(static consume => consume.Method.Name), StringComparer.Ordinal);
        _message = new DeclaredMessage(carrier);
        _write = carrier?.Write is { } template ? CodeTemplate.CallThatTakes("key", template) : null;
        PublishNames = new HashSet<string>(publishes.Select(static publish => publish.Method.Name), StringComparer.Ordinal);
        Clients = publishes.Select(static publish => publish.Method.ContainingType)
            .Where(static type => type is { IsStatic: false, IsSealed: false, TypeKind: TypeKind.Interface or TypeKind.Class })
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
            .ToImmutableArray();
    }

    public override string Name => "declared";

    public override HashSet<string> PublishNames { get; }

    public override string CarrierName => _carrier?.Name ?? "carrier";

    public override (string Reason, string Advice) CannotCarry => _carrier is null
        ? ("the message has no carrier", "add one and inject the current context")
        : ($"the call passes no {CarrierName}", "inject the current context and pass it");

    public override bool HasPlainCarrier => _carrier?.DictionaryValue is not null;

    public override ImmutableArray<INamedTypeSymbol> Clients { get; }

    /// <summary>The carrier; null when none of the methods takes one.</summary>
    public DeclaredCarrier? Carrier => _carrier;

    /// <summary>The methods that publish.</summary>
    public ImmutableArray<DeclaredMethod> Publishes => _publishes;

    /// <summary>The carriers of received messages that have the same type as <see cref="Carrier"/>.</summary>
    public ImmutableArray<DeclaredCarrier> Received { get; }

    /// <summary>The transports that are declared for a compilation, one for each carrier.</summary>
    public static ImmutableArray<DeclaredBus> AllIn(Compilation compilation, Settings settings, CancellationToken cancellation)
    {
        var declared = DeclaredTransports.In(compilation, settings, cancellation);
        var groups = new List<(DeclaredCarrier? Carrier, List<DeclaredMethod> Methods)>();
        foreach (var method in declared.Publishes.OrderBy(static method => method.Carrier is null))
        {
            // A method without a carrier belongs to the transport of an overload that has one.
            var group = groups.FindIndex(group => method.Carrier is null
                ? group.Carrier is null || group.Methods.Exists(other => other.IsOverloadOf(method))
                : group.Carrier is not null && group.Carrier.IsSame(method.Carrier));
            if (group < 0)
            {
                groups.Add((method.Carrier, [method]));
            }
            else
            {
                groups[group].Methods.Add(method);
            }
        }

        var received = declared.Consumes.Select(static consume => consume.Carrier)
            .OfType<DeclaredCarrier>()
            .Where(static carrier => carrier.Message is not null)
            .Concat(declared.Received.Select(static type => type.Carrier))
            .ToList();
        foreach (var carrier in received)
        {
            if (!groups.Exists(group => SymbolEqualityComparer.Default.Equals(group.Carrier?.Type, carrier.Type)))
            {
                groups.Add((carrier, []));
            }
        }

        var published = groups.Where(static group => group.Methods.Count > 0)
            .Select(static group => group.Carrier?.Message)
            .OfType<INamedTypeSymbol>()
            .ToImmutableArray();
        return groups.Select(group => new DeclaredBus(
            group.Carrier,
            group.Methods.ToImmutableArray(),
            received.FindAll(carrier => SymbolEqualityComparer.Default.Equals(carrier.Type, group.Carrier?.Type)).ToImmutableArray(),
            published,
            declared,
            settings)).ToImmutableArray();
    }

    /// <summary>Whether what is declared as received is so in a file: a setting may apply only to the files of a folder.</summary>
    public bool IsReceivedIn(SyntaxTree file)
        => _consumes.Any(consume => !consume.IsBySetting || _settings.Consumes(consume.Method, file))
            || _receivedTypes.Any(type => !type.IsBySetting || _settings.NamesMessage(type.Type, DeclarationKind.Consume, file));

    /// <summary>The declared publishing method that a call's target is, overrides or implements; null when there is none.</summary>
    public DeclaredMethod? PublishOf(IInvocationOperation call)
        => PublishNames.Contains(call.TargetMethod.Name)
            && _known.GetOrAdd((call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition, Find) is { } publish
            && (!publish.IsBySetting || (publish.ByMessage is { } message
                ? _settings.NamesMessage(message, DeclarationKind.Publish, call.Syntax.SyntaxTree)
                : _settings.Publishes(publish.Method, call.Syntax.SyntaxTree)))
                ? publish
                : null;

    public override CallEffect EffectOf(IInvocationOperation call)
    {
        if (PublishOf(call) is { } publish)
        {
            return new CallEffect(CallEffectKind.Publish, publish.Parameter is null ? null : CarrierOf(call, publish.Parameter));
        }

        if (HasPlainCarrier)
        {
            return DictionaryCarrier.EffectOf(call, IsCarrier);
        }

        return IsCarrier(call.Instance?.Type) ? Change(call) : default;
    }

    public override CallEffect EffectOf(IPropertyReferenceOperation indexer) => HasPlainCarrier
        ? DictionaryCarrier.EffectOf(indexer, IsCarrier)
        : indexer is { Property.IsIndexer: true, Arguments: [{ Value: { Type.SpecialType: SpecialType.System_String } key }] }
            && IsCarrier(indexer.Instance?.Type)
                ? new CallEffect(CallEffectKind.Write, indexer.Instance, key)
                : default;

    public override CarrierRole RoleOf(ITypeSymbol? type)
        => _message.IsOne(type) ? CarrierRole.Message : IsCarrier(type) ? CarrierRole.Carrier : CarrierRole.None;

    public override bool IsEmptyWhenNew(ITypeSymbol type) => _message.IsEmptyWhenNew(type);

    public override bool HasCarrierWhenNew(ITypeSymbol type) => _message.IsOne(type) && _message.HasCarrierWhenNew;

    public override MemberRole RoleOfMember(ISymbol member) => _message.IsCarrier(member) ? MemberRole.Carrier : MemberRole.None;

    // A message whose type is also published may not have been received, unless the type itself is declared.
    public override bool IsReceived(ITypeSymbol? type)
        => ReceivedAt(type) is { Message: { } message }
            && (!_published.Contains(message, SymbolEqualityComparer.Default)
                || _receivedTypes.Any(received => SymbolEqualityComparer.Default.Equals(received.Type, message)));

    public override ReceivedRole ReceivedAs(ITypeSymbol? type)
        => ReceivedAt(type) is null ? base.ReceivedAs(type) : IsReceived(type) ? ReceivedRole.Message : ReceivedRole.Either;

    // The type is already known to match, so the name of the method that returned the message decides.
    public override bool IsReceived(ILocalSymbol local)
        => local.DeclaringSyntaxReferences is [var declaration] && declaration.GetSyntax() switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var value } => value,
            ForEachStatementSyntax { Expression: var collection } => collection,
            _ => null,
        } is { } source
        && IsConsume(source is AwaitExpressionSyntax { Expression: var awaited } ? awaited : source);

    // A parameter of the lambda that a declared method subscribes with.
    public override bool IsReceived(IParameterSymbol parameter)
        => parameter.DeclaringSyntaxReferences is [var declaration] && declaration.GetSyntax().Parent switch
        {
            AnonymousFunctionExpressionSyntax lambda => lambda,
            ParameterListSyntax { Parent: AnonymousFunctionExpressionSyntax lambda } => lambda,
            _ => null,
        } is { Parent: ArgumentSyntax { Parent.Parent: { } call } }
        && IsConsume(call);

    /// <inheritdoc/>
    public override bool IsOwnMember(ISymbol member)
        => member.ContainingType is { } type
            && member.Locations is [{ IsInSource: false }, ..]
            && (_message.IsOne(type)
                || ReceivedAt(type) is not null
                || Clients.Any(client => CarrierSearch.IsOrDerives(type, client))
                || IsConsume(member));

    /// <summary>The carrier of a received message of some type; null when the type is not received.</summary>
    public DeclaredCarrier? ReceivedAt(ITypeSymbol? type)
        => type is null ? null : Received.FirstOrDefault(received => CarrierSearch.IsOrDerives(type, received.Message!));

    private bool IsConsume(ISymbol member)
        => _consumeNames.Contains(member.Name) && member is IMethodSymbol method
            && (method.ReducedFrom ?? method).OriginalDefinition is var declared
            && _consumes.Any(consume => SymbolEqualityComparer.Default.Equals(consume.Method, declared));

    private bool IsConsume(SyntaxNode source)
        => source is InvocationExpressionSyntax call
            && call.CalledName() is { Identifier.ValueText: var name } && _consumeNames.Contains(name);

    private bool IsCarrier(ITypeSymbol? type) => _carrier is not null && type is not null && (_carrier.DictionaryValue is { } value
        ? SymbolEqualityComparer.Default.Equals(DictionaryCarrier.ValueOf(type), value)
        : CarrierSearch.IsOrDerives(type, _carrier.Type));

    // The method that the declaration uses to write an entry, or the usual methods of collections of names and values.
    private CallEffect Change(IInvocationOperation call)
    {
        if (_write is { } write && call.TargetMethod.Name == write.Name && call.Arguments.Length > write.Key)
        {
            return new CallEffect(CallEffectKind.Write, call.Instance, call.Arguments[write.Key].Value);
        }

        return (call.TargetMethod.Name, call.Arguments) switch
        {
            ("Add" or "Set" or "TryAdd", [{ Value: { Type.SpecialType: SpecialType.System_String } key }, _])
                => new CallEffect(CallEffectKind.Write, call.Instance, key),
            ("Remove", [var key]) => new CallEffect(CallEffectKind.Remove, call.Instance, key.Value),
            ("Clear", []) => new CallEffect(CallEffectKind.Remove, call.Instance),
            ("Contains" or "ContainsKey" or "TryGetValue" or "Get", _) => new CallEffect(CallEffectKind.Harmless),
            _ => default,
        };
    }

    private static IOperation? CarrierOf(IInvocationOperation call, IParameterSymbol parameter)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == parameter.Ordinal)
            {
                return argument.ArgumentKind is ArgumentKind.DefaultValue || argument.Value.IsNull() ? null : argument.Value;
            }
        }

        return null;
    }

    private DeclaredMethod? Find(IMethodSymbol method)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod?.OriginalDefinition)
        {
            if (Declared(current) is { } declared)
            {
                return declared;
            }
        }

        if (method.ContainingType is not { TypeKind: not TypeKind.Interface } type)
        {
            return null;
        }

        foreach (var contract in type.AllInterfaces)
        {
            foreach (var member in contract.GetMembers(method.Name).OfType<IMethodSymbol>())
            {
                if (Declared(member.OriginalDefinition) is { } declared
                    && SymbolEqualityComparer.Default.Equals(
                        type.FindImplementationForInterfaceMember(member)?.OriginalDefinition, method))
                {
                    return declared;
                }
            }
        }

        return null;
    }

    private DeclaredMethod? Declared(IMethodSymbol method)
        => _publishes.FirstOrDefault(publish => SymbolEqualityComparer.Default.Equals(publish.Method, method));
}
