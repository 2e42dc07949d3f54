using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Boundaries;
using TraceLint.Flow;
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
        var messages = Type is INamedTypeSymbol { TypeArguments.IsEmpty: true } ? Type.GetMembers(MessagesMember).OfType<IPropertySymbol>().FirstOrDefault()?.Type : Type;
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

/// <summary>Where a received message has its carrier, and a batch its messages, as code; careful with null where the code after it is.</summary>
internal static class ReceivedCarrier
{
    /// <summary>The carrier of a message.</summary>
    /// <param name="after">From where on a check of the message shows that it is not certain to be there yet.</param>
    /// <returns>Null when it is not known.</returns>
    public static string? Of(ReceivedValue message, CarrierCode code, SyntaxNode after)
        => message.Role is ReceivedRole.Either && code.Transport is not DeclaredBus ? $"{message.Name}.{code.Member}"
            : code.Transport is Mqtt || code.ReceivedAs(message.Type, message.Name) is not { } carrier ? null
            : CheckedLater(message.Name, after) switch
            {
                Checks.None => carrier,
                Checks.Message => carrier.Replace(".", "?."),
                Checks.Content => $"{message.Name}.{carrier.Substring(message.Name.Length + 1).Replace(".", "?.")}",
                // The compiler takes for null what ?. is asked about, and does not know that only the end of a partition has no message.
                Checks.End => $"{message.Name}.IsPartitionEOF ? null : {carrier}",
                _ => $"{message.Name} == null || {message.Name}.IsPartitionEOF ? null : {carrier}",
            };

    /// <summary>What a helper takes, of a message.</summary>
    public static string? For(ITypeSymbol takes, ReceivedValue message, CarrierCode code, SyntaxNode after)
        => SymbolEqualityComparer.Default.Equals(takes.OriginalDefinition, message.Type.OriginalDefinition) ? (IsChecked(message.Name, after) ? null : message.Name)
            : code.Transport.RoleOf(takes) is CarrierRole.Carrier ? Of(message, code, after)
            : code.Transport.ReceivedAs(takes) is ReceivedRole.Either && !IsChecked(message.Name, after) ? $"{message.Name}.Message"
            : null;

    /// <summary>The messages of a batch; null when going over them twice may not be the same.</summary>
    public static string? MessagesOf(ReceivedValue batch, SyntaxNode after, SnippetSite site)
    {
        if (batch.Type is INamedTypeSymbol { TypeArguments.IsEmpty: true })
        {
            var messages = $"{batch.Name}.{batch.MessagesMember}";
            return batch.MessagesMember != "Messages" || !IsChecked(batch.Name, after) ? messages
                : site.Language >= (LanguageVersion)1200 ? $"{messages} ?? []"
                : $"{messages} ?? new {site.NameAfterNew("System.Collections.Generic.List`1")}<{site.NameAfterNew(AwsService.Names.Received)}>()";
        }

        return batch.Type is IArrayTypeSymbol || batch.Type.Name is "List" or "IList" or "IReadOnlyList" or "ICollection" or "IReadOnlyCollection" ? batch.Name : null;
    }

    private static bool IsChecked(string name, SyntaxNode after) => CheckedLater(name, after) is not Checks.None;

    private static Checks CheckedLater(string name, SyntaxNode after)
    {
        var found = Checks.None;
        foreach (var node in EnclosingBody.Of(after)?.DescendantNodes() ?? [])
        {
            if (node.SpanStart >= after.SpanStart)
            {
                found |= CheckIn(node, name);
            }
        }

        // What is not there has no content either.
        return found.HasFlag(Checks.End) ? found & ~Checks.Content : found.HasFlag(Checks.Message) ? Checks.Message : found;
    }

    private static Checks CheckIn(SyntaxNode node, string name)
    {
        if (node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsPartitionEOF" } access)
        {
            return access.Expression.ToString() == name ? Checks.End : Checks.None;
        }

        var tested = node switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression or (int)SyntaxKind.CoalesceExpression, Left: var left } => left,
            IsPatternExpressionSyntax { Expression: var left } => left,
            ConditionalAccessExpressionSyntax { Expression: var left } => left,
            _ => null,
        };
        return tested?.ToString() is not { } text ? Checks.None
            : text == name ? Checks.Message
            : text == $"{name}.Message" || text == $"{name}.Messages" ? Checks.Content
            : Checks.None;
    }

    [Flags]
    private enum Checks
    {
        None = 0,

        /// <summary>It is compared with null.</summary>
        Message = 1,

        /// <summary>What it holds is.</summary>
        Content = 2,

        /// <summary>It is asked whether it is the end of a partition.</summary>
        End = 4,
    }
}
