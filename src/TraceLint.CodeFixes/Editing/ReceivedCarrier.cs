using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Snippets;

namespace TraceLint.Editing;

/// <summary>A variable that holds a received message or batch.</summary>
/// <param name="Name">The name of the variable.</param>
/// <param name="Type">The type of the variable.</param>
/// <param name="Role">Whether the variable holds one message or several.</param>
internal sealed record ReceivedValue(string Name, ITypeSymbol Type, ReceivedRole Role)
{
    /// <summary>A message of the batch, in a variable.</summary>
    /// <returns>Null when the type of the messages is not known.</returns>
    public ReceivedValue? Element(string name)
    {
        var messages = Type is INamedTypeSymbol { TypeArguments.IsEmpty: true }
            ? Type.GetMembers(MessagesMember).OfType<IPropertySymbol>().FirstOrDefault()?.Type
            : Type;
        return messages switch
        {
            IArrayTypeSymbol { ElementType: var element } => new ReceivedValue(name, element, ReceivedRole.Message),
            INamedTypeSymbol { TypeArguments: [var element] } => new ReceivedValue(name, element, ReceivedRole.Message),
            _ => null,
        };
    }

    /// <summary>The member of a response or an event that holds the messages.</summary>
    public string MessagesMember => Type.Name is "SQSEvent" or "SNSEvent" ? "Records" : "Messages";
}

/// <summary>Which nulls the code that reads the carrier of a message checks for.</summary>
internal enum NullHandling
{
    /// <summary>None: the message and its content exist.</summary>
    None,

    /// <summary>The object that has the carrier as a member may be null.</summary>
    Content,

    /// <summary>The message itself may be null as well.</summary>
    Message,

    /// <summary>
    /// Like <see cref="Message"/>, but checks a copy of the variable. A null check of the variable itself would make the compiler warn
    /// about the code below.
    /// </summary>
    Copy,
}

/// <summary>Expressions for the carrier of a received message and the messages of a batch, with the necessary null checks.</summary>
internal static class ReceivedCarrier
{
    /// <summary>The possible null checks; the first one that compiles without a warning is used.</summary>
    /// <param name="receive">
    /// The statement that receives, when the code is inserted right after it; null when the existing null checks come before the inserted
    /// code.
    /// </param>
    /// <param name="after">The node after which a null check of the message shows that the message may still be null here.</param>
    public static IEnumerable<NullHandling> HandlingsFor(string name, SyntaxNode? receive, SyntaxNode after)
    {
        var least = LeastHandling(name, receive, after);
        return (receive, least) switch
        {
            (null, NullHandling.None) => [NullHandling.None],
            (null, _) => [least, NullHandling.Copy],
            _ => new[] { NullHandling.Message, NullHandling.Content, NullHandling.None }
                .Where(handling => handling >= least)
                .Append(NullHandling.Copy),
        };
    }

    /// <summary>The expression for the carrier of a message.</summary>
    /// <returns>Null when it is not known.</returns>
    public static string? Of(ReceivedValue message, CarrierCode code, NullHandling handling)
        => (message.Role is ReceivedRole.Either && code.Transport is not DeclaredBus ? $"{message.Name}.{code.Member}"
            : code.Transport is Mqtt ? null : code.ReceivedAs(message.Type, message.Name)) is not { } carrier ? null
            : handling switch
            {
                NullHandling.None => carrier,
                NullHandling.Content => carrier.Insert(carrier.LastIndexOf('.'), "?"),
                _ => carrier.Replace(".", "?."),
            };

    /// <summary>The argument for a helper, given the type of its parameter.</summary>
    public static string? For(ITypeSymbol takes, ReceivedValue message, CarrierCode code, NullHandling handling)
    {
        var isMessage = SymbolEqualityComparer.Default.Equals(takes.OriginalDefinition, message.Type.OriginalDefinition);
        return isMessage ? (handling is NullHandling.None ? message.Name : null)
            : code.Transport.RoleOf(takes) is CarrierRole.Carrier ? Of(message, code, handling)
            : code.Transport.ReceivedAs(takes) is ReceivedRole.Either && handling is NullHandling.None ? $"{message.Name}.Message"
            : null;
    }

    /// <summary>The expression for the messages of a batch; null when they may not be enumerated twice.</summary>
    public static string? MessagesOf(ReceivedValue batch, NullHandling handling, SnippetSite site)
    {
        if (batch.Type is INamedTypeSymbol { TypeArguments.IsEmpty: true })
        {
            var messages = $"{batch.Name}.{batch.MessagesMember}";
            return batch.MessagesMember != "Messages" || handling is NullHandling.None ? messages
                : site.Language >= (LanguageVersion)1200 ? $"{messages} ?? []"
                : $"{messages} ?? new {site.NameAfterNew("System.Collections.Generic.List`1")}"
                    + $"<{site.NameAfterNew(AwsService.Names.Received)}>()";
        }

        var isList = batch.Type is IArrayTypeSymbol
            || batch.Type.Name is "List" or "IList" or "IReadOnlyList" or "ICollection" or "IReadOnlyCollection";
        return !isList ? null
            : handling is NullHandling.None ? batch.Name
            : site.Language >= (LanguageVersion)1200 ? $"{batch.Name} ?? []"
            : null;
    }

    // A receive with a timeout may return null, unless the code uses the message without a check.
    private static NullHandling LeastHandling(string name, SyntaxNode? receive, SyntaxNode after)
    {
        var handling = NullHandling.None;
        var isUsed = false;
        foreach (var node in EnclosingBody.Of(after)?.DescendantNodes() ?? [])
        {
            if (node.SpanStart >= after.SpanStart)
            {
                handling = (NullHandling)Math.Max((int)handling, (int)CheckIn(node, name));
                isUsed |= node is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var used } }
                    && used == name;
            }
        }

        return !isUsed && receive is not null && MayTimeOut(receive) ? NullHandling.Message : handling;
    }

    // The null check in a node: a comparison with null, or a test for the end of a partition.
    private static NullHandling CheckIn(SyntaxNode node, string name)
    {
        var tested = node switch
        {
            BinaryExpressionSyntax comparison when comparison.Kind()
                is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression or SyntaxKind.CoalesceExpression
                => comparison.Left,
            IsPatternExpressionSyntax { Expression: var left } => left,
            ConditionalAccessExpressionSyntax { Expression: var left } => left,
            _ => null,
        };
        var isEndOfPartition = node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsPartitionEOF" } access
            && access.Expression.ToString() == name;
        return tested?.ToString() is { } text && text == name ? NullHandling.Message
            : tested?.ToString() is { } member && (member == $"{name}.Message" || member == $"{name}.Messages") ? NullHandling.Content
            : isEndOfPartition ? NullHandling.Content
            : NullHandling.None;
    }

    // Whether the statement calls Consume with a time span or milliseconds.
    private static bool MayTimeOut(SyntaxNode receive)
    {
        foreach (var node in receive.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } call
                && call.CalledName() is { Identifier.ValueText: "Consume" })
            {
                return true;
            }
        }

        return false;
    }
}
