using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// Which parts of a message a consumer of Confluent.Kafka is given: <c>all</c>, which is the default, <c>none</c>, or a list of
/// <c>headers</c>, <c>timestamp</c> and <c>topic</c>. Anything else throws when the consumer is built.
/// </summary>
internal static class KafkaConsumerSettings
{
    /// <summary>The property of <c>ConsumerConfig</c>.</summary>
    public const string ResultFields = "ConsumeResultFields";

    /// <summary>The same setting by its name.</summary>
    public const string ResultFieldsName = "dotnet.consumer.consume.result.fields";

    /// <summary>The words without one of which it is not set: the property, and the last of those that make up the name.</summary>
    public static readonly string[] Words = [ResultFields, "fields"];

    private const string Headers = "headers";

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string ConsumerConfig = "Confluent.Kafka.ConsumerConfig";
    }

    /// <summary>Whether a list of parts is one that a consumer accepts, and leaves out the headers.</summary>
    public static bool LeavesOutHeaders(string parts)
    {
        // The library removes spaces, and nothing else.
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

    /// <summary>The same list with the headers in it.</summary>
    public static string WithHeaders(string parts) => parts.Trim() is "none" ? Headers : $"{parts},{Headers}";

    /// <summary>What the setting is given, where a piece of code names it.</summary>
    /// <param name="name">The property's name, or the setting's as a literal or a constant.</param>
    /// <returns>Null when it is not given anything there.</returns>
    public static ExpressionSyntax? ValueGivenTo(ExpressionSyntax name)
    {
        return name.Parent switch
        {
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Left == name => assignment.Right,
            InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression, Expressions: [var key, var value] } when key == name => value,
            ArgumentSyntax { Parent: BracketedArgumentListSyntax { Arguments.Count: 1, Parent: { Parent: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment } element } } when assignment.Left == element => assignment.Right,
            ArgumentSyntax { Parent: BracketedArgumentListSyntax { Arguments.Count: 1, Parent: ImplicitElementAccessSyntax { Parent: AssignmentExpressionSyntax assignment } } } => assignment.Right,
            ArgumentSyntax { Parent: ArgumentListSyntax { Arguments: [var key, { Expression: var value }], Parent: { } owner } } argument when key == argument && Pairs(owner) => value,
            _ => null,
        };
    }

    private static bool Pairs(SyntaxNode owner)
        => owner is BaseObjectCreationExpressionSyntax
            || (owner is InvocationExpressionSyntax call && call.CalledName()?.Identifier.ValueText is "Add" or "Create" or "Set" or "TryAdd");
}
