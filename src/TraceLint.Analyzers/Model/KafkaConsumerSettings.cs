using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// The setting that selects which parts of a message a consumer of Confluent.Kafka receives: <c>all</c>, the default, <c>none</c>, or a
/// list of <c>headers</c>, <c>timestamp</c> and <c>topic</c>. Any other value throws when the consumer is built.
/// </summary>
internal static class KafkaConsumerSettings
{
    /// <summary>The property of <c>ConsumerConfig</c>.</summary>
    public const string ResultFields = "ConsumeResultFields";

    /// <summary>The name of the same setting.</summary>
    public const string ResultFieldsName = "dotnet.consumer.consume.result.fields";

    /// <summary>Code that sets it contains one of these words: the property, or the last word of the name.</summary>
    public static readonly string[] Words = [ResultFields, "fields"];

    private const string Headers = "headers";

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string ConsumerConfig = "Confluent.Kafka.ConsumerConfig";
    }

    /// <summary>Whether a list of parts is valid and does not contain the headers.</summary>
    public static bool LeavesOutHeaders(string parts)
    {
        // The library removes spaces, but no other white space.
        parts = parts.Replace(" ", "");
        if (parts is "all" or "none")
        {
            return parts is "none";
        }

        var hasHeaders = false;
        foreach (var part in parts.Split(','))
        {
            if (part is not (Headers or "timestamp" or "topic"))
            {
                return false;
            }

            hasHeaders |= part is Headers;
        }

        return !hasHeaders;
    }

    /// <summary>The list with the headers added.</summary>
    public static string WithHeaders(string parts) => parts.Trim() is "none" ? Headers : $"{parts},{Headers}";

    /// <summary>The value that is assigned to the setting.</summary>
    /// <param name="name">The name of the property, or a literal or constant with the name of the setting.</param>
    /// <returns>Null when the code does not assign a value there.</returns>
    public static ExpressionSyntax? ValueGivenTo(ExpressionSyntax name)
    {
        return name.Parent switch
        {
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Left == name
                => assignment.Right,
            InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression, Expressions: [var key, var value] }
                when key == name
                => value,
            ArgumentSyntax { Parent: BracketedArgumentListSyntax { Arguments.Count: 1, Parent: { } element } }
                => ValueAssignedTo(element),
            ArgumentSyntax { Parent: ArgumentListSyntax { Arguments: [var key, { Expression: var value }], Parent: { } owner } } argument
                when key == argument && Pairs(owner)
                => value,
            _ => null,
        };
    }

    private static ExpressionSyntax? ValueAssignedTo(SyntaxNode element)
        => element.Parent is AssignmentExpressionSyntax assignment
            && (element is ImplicitElementAccessSyntax
                || (assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && assignment.Left == element))
                ? assignment.Right
                : null;

    private static bool Pairs(SyntaxNode owner)
        => owner is BaseObjectCreationExpressionSyntax
            || (owner is InvocationExpressionSyntax call
                && call.CalledName()?.Identifier.ValueText is "Add" or "Create" or "Set" or "TryAdd");
}
