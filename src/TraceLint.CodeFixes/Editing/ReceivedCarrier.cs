using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Snippets;

namespace TraceLint.Editing;

/// <summary>What was received, as code that is written about it.</summary>
/// <param name="Name">The variable that holds it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Role">Whether it is one message or several.</param>
internal sealed record ReceivedValue(string Name, ITypeSymbol Type, ReceivedRole Role)
{
    /// <summary>One of several, in a variable.</summary>
    /// <returns>Null when it is not known what they are several of.</returns>
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

    /// <summary>The member of a response or an event that has the messages.</summary>
    public string MessagesMember => Type.Name == "SQSEvent" ? "Records" : "Messages";
}

/// <summary>How careful code has to be that reads the carrier of a message.</summary>
internal enum NullHandling
{
    /// <summary>The message and what it holds are there.</summary>
    None,

    /// <summary>What the carrier is a member of may be missing.</summary>
    Content,

    /// <summary>The message itself may be, too.</summary>
    Message,

    /// <summary>The same, with a copy of the variable: a check of the variable itself would be a sign to the compiler that it may be null below.</summary>
    Copy,
}

/// <summary>Where a received message has its carrier, and a batch its messages, as code; careful with null where the code after it is.</summary>
internal static class ReceivedCarrier
{
    /// <summary>How careful the code may be about what was received, the first that compiles without a warning being the one to take.</summary>
    /// <param name="receive">The statement that receives it, when the code stands right after that; null when it stands after what the code there checks.</param>
    /// <param name="after">From where on a check of the message shows that it is not certain to be there yet.</param>
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

    /// <summary>The carrier of a message.</summary>
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

    /// <summary>What a helper takes, of a message.</summary>
    public static string? For(ITypeSymbol takes, ReceivedValue message, CarrierCode code, NullHandling handling)
    {
        var isMessage = SymbolEqualityComparer.Default.Equals(takes.OriginalDefinition, message.Type.OriginalDefinition);
        return isMessage ? (handling is NullHandling.None ? message.Name : null)
            : code.Transport.RoleOf(takes) is CarrierRole.Carrier ? Of(message, code, handling)
            : code.Transport.ReceivedAs(takes) is ReceivedRole.Either && handling is NullHandling.None ? $"{message.Name}.Message"
            : null;
    }

    /// <summary>The messages of a batch; null when going over them twice may not be the same.</summary>
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

    // A wait that may end without a message yields none, unless the code there knows better.
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

    // A comparison with null, or with the end of a partition.
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

    // Consume with a time span, or with milliseconds.
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
