using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Engine;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>A value of high cardinality in the name of a span: one for each order, user or request.</summary>
/// <param name="Value">The value.</param>
/// <param name="Attribute">The name of an attribute for the value; null when nothing suggests one.</param>
internal sealed record UnboundedName(IOperation Value, string? Attribute)
{
    // Things of which a system has few, so that their ids have a low cardinality.
    private static readonly HashSet<string> s_bounded = new(StringComparer.Ordinal)
    {
        "action", "agent", "api", "app", "application", "assembly", "broker", "category", "channel", "client", "cluster", "command",
        "component", "connector", "consumer", "culture", "endpoint", "environment", "event", "executor", "exchange", "feature", "function",
        "group", "handler", "host", "instance", "kind", "locale", "machine", "method", "mode", "model", "module", "node", "operation",
        "partition", "phase", "plugin", "pod", "policy", "process", "processor", "producer", "provider", "queue", "region", "replica",
        "resource", "role", "route", "rule", "schema", "server", "service", "shard", "source", "state", "status", "step", "store", "stream",
        "subscription", "system", "task", "template", "tenant", "thread", "tool", "topic", "type", "version", "worker", "workflow", "zone",
    };

    // Names of values of high cardinality, and their attributes in the semantic conventions.
    private static readonly Dictionary<string, string> s_attributes = new(StringComparer.Ordinal)
    {
        ["message id"] = "messaging.message.id",
        ["conversation id"] = "messaging.message.conversation_id",
        ["correlation id"] = "messaging.message.conversation_id",
        ["user id"] = "user.id",
        ["user name"] = "user.name",
        ["email"] = "user.email",
        ["user email"] = "user.email",
        ["email address"] = "user.email",
        ["session id"] = "session.id",
        ["file path"] = "file.path",
        ["full path"] = "file.path",
        ["file name"] = "file.name",
        ["command text"] = "db.query.text",
        ["sql"] = "db.query.text",
        ["url"] = "url.full",
        ["uri"] = "url.full",
        ["request uri"] = "url.full",
        ["request url"] = "url.full",
        ["ip address"] = "client.address",
        ["search term"] = "search.term",
    };

    private static readonly HashSet<string> s_ids = new(StringComparer.Ordinal) { "guid", "id", "uid", "uuid" };
    private static readonly HashSet<string> s_pathOfUri =
        new(StringComparer.Ordinal) { "AbsolutePath", "AbsoluteUri", "LocalPath", "OriginalString", "PathAndQuery", "Query" };

    /// <summary>The unbounded values in a name.</summary>
    public static IEnumerable<UnboundedName> In(IOperation name, CodeBodies code, CancellationToken cancellation)
    {
        foreach (var part in PartsOf(name, depth: 6, cancellation))
        {
            if (Of(part, code, cancellation) is { } found)
            {
                yield return found;
            }
        }
    }

    private static IEnumerable<IOperation> PartsOf(IOperation name, int depth, CancellationToken cancellation) => name switch
    {
        { ConstantValue.HasValue: true } => [],
        _ when depth == 0 => [],
        IConversionOperation { Operand: var operand } => PartsOf(operand, depth - 1, cancellation),
        IInterpolatedStringOperation { Parts: var parts }
            => parts.OfType<IInterpolationOperation>().SelectMany(hole => PartsOf(hole.Expression, depth - 1, cancellation)),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum
            => PartsOf(sum.LeftOperand, depth - 1, cancellation).Concat(PartsOf(sum.RightOperand, depth - 1, cancellation)),
        IInvocationOperation { TargetMethod: { Name: "Format" or "Concat", ContainingType.SpecialType: SpecialType.System_String } } call
            => call.Arguments.SelectMany(argument => OperationFacts.ItemsOrSelf(argument.Value))
                .SelectMany(value => PartsOf(value, depth - 1, cancellation)),
        ILocalReferenceOperation { Type.SpecialType: SpecialType.System_String } local
            when ComputedFrom.DeclaredValue(local, cancellation) is IInterpolatedStringOperation or IBinaryOperation
            => PartsOf(ComputedFrom.DeclaredValue(local, cancellation)!, depth - 1, cancellation),
        _ => [name],
    };

    private static UnboundedName? Of(IOperation part, CodeBodies code, CancellationToken cancellation)
    {
        var value = part;
        while (true)
        {
            switch (value)
            {
                case IConversionOperation { Operand: var operand }:
                    value = operand;
                    continue;
                case IConditionalAccessOperation { WhenNotNull: var read }:
                    value = read;
                    continue;
                case ICoalesceOperation { Value: var first }:
                    value = first;
                    continue;
                case IInvocationOperation { TargetMethod: { Name: "ToString" }, Instance: { } formatted }:
                    value = formatted;
                    continue;
            }

            break;
        }

        if (UnboundedValue.In(code.ValueOf(part.Syntax, cancellation)) is not null)
        {
            return new UnboundedName(part, Attribute: NameOf(value) is { } known ? AttributeOf(value, Words.Of(known)) : null);
        }

        return NameOf(value) is { } name && Words.Of(name) is { IsEmpty: false } words && IsUnbounded(value, words)
            ? new UnboundedName(part, AttributeOf(value, words))
            : null;
    }

    private static bool IsUnbounded(IOperation value, ImmutableArray<string> words)
    {
        var type = value.Type is INamedTypeSymbol
        {
            OriginalDefinition.SpecialType: SpecialType.System_Nullable_T,
            TypeArguments: [var inner]
        }
            ? inner
            : value.Type;
        if (type is null
            or { TypeKind: TypeKind.Enum or TypeKind.Dynamic }
            or { SpecialType: SpecialType.System_Boolean or SpecialType.System_Char })
        {
            return false;
        }

        if (words.Any(s_bounded.Contains))
        {
            return false;
        }

        if (IsPath(value))
        {
            return true;
        }

        return type is { Name: "Guid" or "Uri", ContainingNamespace.Name: "System" }
            || s_ids.Contains(words[words.Length - 1])
            || (type.SpecialType is SpecialType.System_String && s_attributes.ContainsKey(string.Join(" ", words)))
            || (type.Locations is [{ IsInSource: true }, ..]
                && Words.Of(type.Name) is [.., "id"] typeWords
                && !typeWords.Any(s_bounded.Contains));
    }

    // The path of a request contains ids; its route does not.
    private static bool IsPath(IOperation value) => value switch
    {
        IPropertyReferenceOperation { Property: { Name: "Value" }, Instance: { } inner } => IsPath(inner),
        IPropertyReferenceOperation { Property: { Name: "Path", ContainingType.Name: "HttpRequest" } } => true,
        IPropertyReferenceOperation { Property: { Name: var name, ContainingType: { Name: "Uri", ContainingNamespace.Name: "System" } } }
            => s_pathOfUri.Contains(name),
        _ => false,
    };

    private static string? NameOf(IOperation value) => value switch
    {
        ILocalReferenceOperation { Local.Name: var name } => name,
        IParameterReferenceOperation { Parameter.Name: var name } => name,
        IPropertyReferenceOperation { Property: { Name: "Value" }, Instance: IPropertyReferenceOperation inner } => NameOf(inner),
        IMemberReferenceOperation { Member.Name: var name } and not IMethodReferenceOperation => name,
        _ => null,
    };

    private static string? AttributeOf(IOperation value, ImmutableArray<string> words)
    {
        if (IsPath(value))
        {
            return value is IPropertyReferenceOperation { Property.Name: "AbsoluteUri" or "OriginalString" } ? "url.full"
                : value is IPropertyReferenceOperation { Property.Name: "Query" } ? "url.query"
                : "url.path";
        }

        if (s_attributes.TryGetValue(string.Join(" ", words), out var known))
        {
            return known;
        }

        if (!s_ids.Contains(words[words.Length - 1]))
        {
            return words.Length > 1 ? string.Join("_", words.Take(words.Length - 1)) + "." + words[words.Length - 1] : null;
        }

        // A member named just Id is the id of its type.
        var owner = words.Length > 1 ? words.RemoveAt(words.Length - 1)
            : value is IMemberReferenceOperation { Member.ContainingType: { IsAnonymousType: false, Name: var type } } ? Words.Of(type)
            : ImmutableArray<string>.Empty;
        return owner.IsEmpty ? null
            : s_attributes.TryGetValue(string.Join(" ", owner) + " id", out var ofOwner) ? ofOwner
            : string.Join("_", owner) + "." + words[words.Length - 1];
    }
}
