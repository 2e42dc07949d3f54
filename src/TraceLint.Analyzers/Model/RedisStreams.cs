using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// StackExchange.Redis: <c>StreamAdd</c> and <c>StreamAddAsync</c> of a database append an entry to a stream. The entry's fields, an
/// array of <c>NameValueEntry</c>, are both message and carrier; the overload for a single field has no carrier.
/// </summary>
internal sealed class RedisStreams : Transport
{
    private static readonly HashSet<string> s_publishNames = new(StringComparer.Ordinal) { "StreamAdd", "StreamAddAsync" };

    private static readonly string[] s_bags = ["attributes", "context", "header", "meta", "properties"];

    private readonly INamedTypeSymbol _field;
    private readonly INamedTypeSymbol? _received;

    private RedisStreams(INamedTypeSymbol database, INamedTypeSymbol databaseAsync, INamedTypeSymbol field, Compilation compilation)
    {
        _field = field;
        _received = compilation.TypeNamed(Names.Received);
        Clients = ImmutableArray.Create(database, databaseAsync);
    }

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Database = "StackExchange.Redis.IDatabase";
        public const string DatabaseAsync = "StackExchange.Redis.IDatabaseAsync";
        public const string Field = "StackExchange.Redis.NameValueEntry";
        public const string Received = "StackExchange.Redis.StreamEntry";
    }

    public override string Name => "redis";

    // Entries are looked up as often as they are consumed.
    public override bool Receives => false;

    public override HashSet<string> PublishNames => s_publishNames;

    public override string CarrierName => "fields";

    public override (string Reason, string Advice) CannotCarry
        => ("this overload takes a single field", "use one that takes several and inject the current context");

    public override ImmutableArray<INamedTypeSymbol> Clients { get; }

    /// <summary>The transport in a compilation; null when the library is not referenced or too old to have streams.</summary>
    public static RedisStreams? In(Compilation compilation)
        => compilation.TypeNamed(Names.Database) is { } database
            && compilation.TypeNamed(Names.DatabaseAsync) is { } databaseAsync
            && compilation.TypeNamed(Names.Field) is { } field
                ? new RedisStreams(database, databaseAsync, field, compilation)
                : null;

    public override CallEffect EffectOf(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (IsPublishOfClient(method))
        {
            return Publish(call);
        }

        return IsCarrier(call.Instance?.Type)
            ? Change(call)
            : new CallEffect(IsOwnMember(method) ? CallEffectKind.Harmless : CallEffectKind.Unknown);
    }

    private static CallEffect Publish(IInvocationOperation call)
    {
        if (ArgumentFor(call, "streamPairs") is { } fields)
        {
            return new CallEffect(CallEffectKind.Publish, fields);
        }

        // A field with an unknown name may hold the headers; one with a constant value is only written to create the stream.
        return ArgumentFor(call, "streamField") is { } field
            && WithoutConversions(field).ConstantValue is { HasValue: true, Value: string name }
            && !HoldsHeaders(name)
            && ArgumentFor(call, "streamValue") is { } value
            && !WithoutConversions(value).ConstantValue.HasValue
                ? new CallEffect(CallEffectKind.Publish)
                : new CallEffect(CallEffectKind.Harmless);
    }

    private static CallEffect Change(IInvocationOperation call) => (call.TargetMethod.Name, call.Arguments) switch
    {
        ("Add" or "AddRange", [var added]) => new CallEffect(CallEffectKind.Write, call.Instance, added.Value),
        ("Insert" or "InsertRange", [_, var added]) => new CallEffect(CallEffectKind.Write, call.Instance, added.Value),
        ("Clear" or "Remove" or "RemoveAll" or "RemoveAt" or "RemoveRange", _) => new CallEffect(CallEffectKind.Remove, call.Instance),
        ("ToArray", _) => new CallEffect(CallEffectKind.Fluent, call.Instance),
        _ => new CallEffect(CallEffectKind.Harmless),
    };

    public override IOperation NameOf(IOperation entry)
    {
        entry = WithoutConversions(entry);
        var name = entry is IObjectCreationOperation { Arguments: [var first, ..] } creation && Is(creation.Type, _field)
            ? WithoutConversions(first.Value)
            : entry;
        return name != entry && name.ConstantValue is { HasValue: true, Value: string text } && HoldsHeaders(text) ? entry : name;
    }

    // Entries have no headers, so one field may hold all of them as text.
    private static bool HoldsHeaders(string field)
        => Array.Exists(s_bags, word => field.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    // Mostly the conversion from string to RedisValue.
    private static IOperation WithoutConversions(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    public override CarrierRole RoleOf(ITypeSymbol? type) => IsCarrier(type) ? CarrierRole.Carrier : CarrierRole.None;

    public override bool IsEmptyWhenNew(ITypeSymbol type) => IsCarrier(type);

    public override MemberRole RoleOfMember(ISymbol member) => MemberRole.None;

    public override bool IsReceived(ITypeSymbol? type) => Is(type, _received);

    public override bool IsOwnMember(ISymbol member)
        => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _field.ContainingAssembly);

    private bool IsCarrier(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { ElementType: var element } => Is(element, _field),
        INamedTypeSymbol { Name: "List", TypeArguments: [var element] } => Is(element, _field),
        _ => false,
    };
}
