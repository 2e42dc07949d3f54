using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Model;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace TraceLint;

/// <summary>A node and what becomes of it, once the nodes in it have changed.</summary>
internal sealed record NodeEdit(SyntaxNode Node, Func<SyntaxNode, SyntaxNode> Rewrite);

/// <summary>
/// Turns a lookup in the system attributes of a message into one in its message attributes, whose values are objects with a
/// <c>StringValue</c>. In version 4 of the SDK a message without attributes has no dictionary for them.
/// </summary>
internal sealed class MessageAttributesRewrite(SemanticModel model, CancellationToken cancellation)
{
    private const string MessageAttributes = "MessageAttributes";
    private const string Value = "StringValue";

    private readonly bool _mayBeNull = AwsService.Sqs(model.Compilation)?.HasNullCollections ?? false;

    /// <summary>
    /// The edits, with those of the other lookups of a context in the attributes of the same message: they are only right together.
    /// </summary>
    /// <param name="member">The name of the member.</param>
    /// <returns>Null when the code around it has to be changed by hand.</returns>
    public IReadOnlyList<NodeEdit>? Of(IdentifierNameSyntax member)
    {
        if (AccessTo(member) is not { } access || EnclosingBody.Of(member) is not { } body)
        {
            return null;
        }

        var (edits, tests, hasOthers) = (new List<NodeEdit>(), new List<NodeEdit>(), false);
        foreach (var name in NameIndex.Of(body, member.Identifier.ValueText))
        {
            if (AccessTo(name) is not { } other || !AreEquivalent(other, access))
            {
                continue;
            }

            if (other.Parent is BinaryExpressionSyntax or IsPatternExpressionSyntax)
            {
                tests.Add(Renamed(name));
            }
            else if (name != member && !IsOfContext(HeaderOf(other)))
            {
                hasOthers = true;
            }
            else if (!IsRewritten(other, edits))
            {
                return null;
            }
        }

        // What else is read would lose its test for null.
        return tests.Count > 0 && hasOthers ? null : [.. edits, .. tests];
    }

    private bool IsOfContext(ExpressionSyntax? header)
        => header is not null
            && model.GetConstantValue(header, cancellation) is { HasValue: true, Value: "traceparent" or "tracestate" or "baggage" };

    private static MemberAccessExpressionSyntax? AccessTo(IdentifierNameSyntax member)
        => member.Parent is MemberAccessExpressionSyntax access && access.Name == member ? access : null;

    // What is looked for in the attributes; null where it is no lookup.
    private static ExpressionSyntax? HeaderOf(MemberAccessExpressionSyntax attributes) => attributes.Parent switch
    {
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { ArgumentList.Arguments: [var name, ..] } } => name.Expression,
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { ArgumentList.Arguments: [var name, ..] } }
            => name.Expression,
        ElementAccessExpressionSyntax { ArgumentList.Arguments: [var name] } => name.Expression,
        _ => null,
    };

    private bool IsRewritten(MemberAccessExpressionSyntax access, List<NodeEdit> edits)
    {
        edits.Add(Renamed((IdentifierNameSyntax)access.Name));
        return access.Parent switch
        {
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax extraction } => GetterOf(extraction, access, edits),
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } lookup when lookup.Expression == access
                => Call(call, access, isConditional: false, edits),
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax call } conditional
                when conditional.Expression == access
                => Call(call, access, isConditional: true, edits),
            ElementAccessExpressionSyntax element when element.Expression == access => Element(element, access, edits),
            _ => false,
        };
    }

    private static NodeEdit Renamed(IdentifierNameSyntax member)
        => new(member, static name => IdentifierName(MessageAttributes).WithTriviaFrom(name));

    // Extract(default, message.Attributes, (attributes, key) => attributes.TryGetValue(key, out var value) ? new[] { value } : ...)
    private bool GetterOf(InvocationExpressionSyntax extraction, MemberAccessExpressionSyntax attributes, List<NodeEdit> edits)
    {
        if (!NullTests(attributes, extraction, out _)
            || extraction.ArgumentList.Arguments.LastOrDefault()?.Expression is not ParenthesizedLambdaExpressionSyntax getter
            || getter.ParameterList.Parameters.Any(static parameter => parameter.Type is not null))
        {
            return false;
        }

        var lookups = getter.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(static call => call.CalledName()?.Identifier.ValueText is "TryGetValue")
            .ToList();
        return lookups is [var lookup] && Values(lookup, edits);
    }

    private bool Call(InvocationExpressionSyntax call, MemberAccessExpressionSyntax attributes, bool isConditional, List<NodeEdit> edits)
    {
        if (!NullTests(attributes, call, out var isTested))
        {
            return false;
        }

        var asksForNull = _mayBeNull && !isConditional && !isTested;
        switch (call.CalledName()?.Identifier.ValueText)
        {
            case "TryGetValue" when Values(call, edits):
            case "ContainsKey":
                if (asksForNull)
                {
                    edits.Add(Tested(call));
                }

                return true;
            case "GetValueOrDefault" when call.ArgumentList.Arguments.Count == 1:
                edits.Add(new NodeEdit(isConditional ? call.Parent! : call, node => ParseExpression(
                    $"{(asksForNull ? Conditional((InvocationExpressionSyntax)node) : node.WithoutTrivia().ToString())}?.{Value}")
                    .WithTriviaFrom(node)));
                return true;
            default:
                return false;
        }
    }

    private static bool Element(ElementAccessExpressionSyntax element, MemberAccessExpressionSyntax attributes, List<NodeEdit> edits)
    {
        if (!NullTests(attributes, element, out _))
        {
            return false;
        }

        edits.Add(new NodeEdit(element, static node => ParseExpression($"{node.WithoutTrivia()}.{Value}").WithTriviaFrom(node)));
        return true;
    }

    // Whether every test for null is about this lookup: it is turned into one of what is read.
    private static bool NullTests(MemberAccessExpressionSyntax attributes, ExpressionSyntax lookup, out bool isTested)
    {
        isTested = false;
        var conditions = ConditionsOf(lookup).ToList();
        foreach (var name in EnclosingBody.Of(lookup) is { } body ? NamesIn(body) : [])
        {
            if (AccessTo(name) is not { } other || !AreEquivalent(other.Expression, attributes.Expression))
            {
                continue;
            }

            var isTest = other.Parent is BinaryExpressionSyntax or IsPatternExpressionSyntax;
            if (conditions.Exists(condition => condition.Span.Contains(other.Span)))
            {
                isTested |= isTest || !lookup.Span.Contains(other.Span);
            }
            else if (isTest)
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<IdentifierNameSyntax> NamesIn(SyntaxNode body)
        => NameIndex.Of(body, "Attributes").Concat(NameIndex.Of(body, MessageAttributes));

    // The chain of && that an expression stands in, and those of the branches around it.
    private static IEnumerable<SyntaxNode> ConditionsOf(ExpressionSyntax lookup)
    {
        SyntaxNode condition = lookup;
        while (condition.Parent is ParenthesizedExpressionSyntax
            or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression })
        {
            condition = condition.Parent;
        }

        return lookup.Ancestors().OfType<IfStatementSyntax>()
            .Where(branch => branch.Statement.Span.Contains(lookup.Span) && IsChain(branch.Condition))
            .Select(static branch => (SyntaxNode)branch.Condition)
            .Append(condition);

        static bool IsChain(ExpressionSyntax condition) => !condition.DescendantNodesAndSelf().Any(static node
            => node.RawKind is (int)SyntaxKind.LogicalNotExpression or (int)SyntaxKind.LogicalOrExpression);
    }

    // message.MessageAttributes?.TryGetValue(...) == true
    private static NodeEdit Tested(InvocationExpressionSyntax call)
    {
        if (call.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negation)
        {
            return new NodeEdit(negation, node => ParseExpression(
                $"{Conditional((InvocationExpressionSyntax)((PrefixUnaryExpressionSyntax)node).Operand)} != true").WithTriviaFrom(node));
        }

        var isOperand = call.Parent is ExpressionSyntax and not (AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax
            or ConditionalExpressionSyntax or ParenthesizedExpressionSyntax
            or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression });
        return new NodeEdit(call, node => ParseExpression(
            $"{(isOperand ? "(" : "")}{Conditional((InvocationExpressionSyntax)node)} == true{(isOperand ? ")" : "")}")
            .WithTriviaFrom(node));
    }

    private static string Conditional(InvocationExpressionSyntax call)
        => call.Expression is MemberAccessExpressionSyntax { Expression: var carrier, Name: var name }
            ? $"{carrier.WithoutTrivia()}?.{name.WithoutTrivia()}{call.ArgumentList.WithoutTrivia()}"
            : call.WithoutTrivia().ToString();

    // The variable that TryGetValue declares, wherever it is read.
    private bool Values(InvocationExpressionSyntax call, List<NodeEdit> edits)
    {
        if (call.ArgumentList.Arguments is not [_, { Expression: var result }])
        {
            return false;
        }

        if (result is not DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation } declaration)
        {
            return result is IdentifierNameSyntax { Identifier.ValueText: "_" };
        }

        if (!declaration.Type.IsVar)
        {
            edits.Add(new NodeEdit(declaration.Type, static type => IdentifierName("var").WithTriviaFrom(type)));
        }

        if (model.GetDeclaredSymbol(designation, cancellation) is not ILocalSymbol local)
        {
            return false;
        }

        foreach (var reference in LocalValues.References(local, model, cancellation))
        {
            if (reference.Parent is AssignmentExpressionSyntax { Left: var target } && target == reference
                || reference.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 })
            {
                return false;
            }

            var access = IsFound(reference, call) ? "." : "?.";
            edits.Add(new NodeEdit(reference, node => ParseExpression($"{node.WithoutTrivia()}{access}{Value}").WithTriviaFrom(node)));
        }

        return true;
    }

    // Where the lookup has succeeded: behind it in a chain of &&, or in the branch that such a chain opens.
    private static bool IsFound(SyntaxNode reference, InvocationExpressionSyntax call)
    {
        SyntaxNode condition = call;
        while (condition.Parent is ParenthesizedExpressionSyntax
            or ConditionalAccessExpressionSyntax
            or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression }
            or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right.RawKind: (int)SyntaxKind.TrueLiteralExpression })
        {
            condition = condition.Parent;
            if (condition.Span.Contains(reference.Span))
            {
                return true;
            }
        }

        return condition.Parent switch
        {
            IfStatementSyntax branch when branch.Condition == condition => branch.Statement.Span.Contains(reference.Span),
            ConditionalExpressionSyntax choice when choice.Condition == condition => choice.WhenTrue.Span.Contains(reference.Span),
            _ => false,
        };
    }
}
