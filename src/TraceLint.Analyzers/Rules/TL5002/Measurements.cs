using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Rules;

/// <summary>A tag of a measurement.</summary>
/// <param name="Key">The name of the tag.</param>
/// <param name="Value">The value of the tag.</param>
/// <param name="Code">The code that creates the tag: a pair, an element, or a call to Add.</param>
internal sealed record MeasuredTag(IOperation Key, IOperation Value, SyntaxNode Code);

/// <summary>Measurements of System.Diagnostics.Metrics, and their tags.</summary>
internal static class Measurements
{
    private const int MaxDepth = 6;

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Instrument = "System.Diagnostics.Metrics.Instrument";
    }

    /// <summary>The names of the calls that record a measurement.</summary>
    public static readonly string[] CalledNames = ["Add", "Record"];

    /// <summary>
    /// Code that records a tag contains one of these words: the types of tags and instruments, and the methods that create instruments,
    /// for a project that uses the instruments of another one.
    /// </summary>
    public static readonly string[] Words =
    [
        "KeyValuePair", "TagList", "Counter", "Gauge", "Histogram", "UpDownCounter", "Measurement", "CreateCounter", "CreateGauge",
        "CreateHistogram", "CreateUpDownCounter",
    ];

    private static readonly HashSet<string> s_instruments =
        new(StringComparer.Ordinal) { "Counter", "Gauge", "Histogram", "UpDownCounter" };

    /// <summary>Whether an expression may record a measurement with a tag, judging by its syntax.</summary>
    public static bool MayBe(ExpressionSyntax node) => node switch
    {
        InvocationExpressionSyntax { ArgumentList.Arguments: [_, _, ..] } call
            => call.CalledName() is { Identifier.ValueText: "Add" or "Record" },
        ObjectCreationExpressionSyntax
        {
            ArgumentList.Arguments: [_, _, ..],
            Type: GenericNameSyntax { Identifier.ValueText: "Measurement" }
        }
            => true,
        ImplicitObjectCreationExpressionSyntax
        {
            ArgumentList.Arguments: [_, { Expression: not LiteralExpressionSyntax }, ..],
            Parent: ReturnStatementSyntax
                or YieldStatementSyntax
                or ArrowExpressionClauseSyntax
                or LambdaExpressionSyntax
                or InitializerExpressionSyntax
                or CollectionElementSyntax
        }
            => true,
        _ => false,
    };

    /// <summary>The visible tags of a measurement.</summary>
    /// <returns>Null when an expression is not a measurement.</returns>
    public static IEnumerable<MeasuredTag>? TagsOf(ExpressionSyntax node, SemanticModel model, CancellationToken cancellation)
    {
        if (node is InvocationExpressionSyntax call
            && !(model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && IsInstrument(method.ContainingType)))
        {
            return null;
        }

        return model.GetOperation(node, cancellation) switch
        {
            IInvocationOperation measurement
                => In(measurement.Arguments.Skip(1).Select(static argument => argument.Value), MaxDepth, cancellation),
            IObjectCreationOperation { Type: { Name: "Measurement" } type } measurement when IsMetrics(type)
                => In(measurement.Arguments.Skip(1).Select(static argument => argument.Value), MaxDepth, cancellation),
            _ => null,
        };
    }

    private static IEnumerable<MeasuredTag> In(IEnumerable<IOperation> operations, int depth, CancellationToken cancellation)
        => operations.SelectMany(operation => In(operation, depth, cancellation));

    private static IEnumerable<MeasuredTag> In(IOperation operation, int depth, CancellationToken cancellation)
    {
        operation = operation.Unconverted();
        switch (operation)
        {
            case var _ when depth == 0:
                return [];
            case IObjectCreationOperation { Type.Name: "KeyValuePair", Arguments: [var key, var value] }:
                return [new MeasuredTag(key.Value, value.Value, operation.Syntax)];
            case IInvocationOperation
            {
                TargetMethod: { Name: "Create", ContainingType.Name: "KeyValuePair" },
                Arguments: [var key, var value]
            }:
                return [new MeasuredTag(key.Value, value.Value, operation.Syntax)];
            case IInvocationOperation { TargetMethod.Name: "Add", Instance: { } list, Arguments: [var key, var value] }
                when IsTagList(list.Type):
                return [new MeasuredTag(key.Value, value.Value, operation.Syntax)];
            case IInvocationOperation { TargetMethod.Name: "Add", Instance: { } list, Arguments: [var pair] } when IsTagList(list.Type):
                return In(pair.Value, depth - 1, cancellation).Select(tag => tag with { Code = operation.Syntax });
            case IObjectCreationOperation creation when IsTagList(creation.Type):
                return In(
                    creation.Arguments.Select(static argument => argument.Value)
                        .Concat(creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty),
                    depth - 1,
                    cancellation);
            case ILocalReferenceOperation local:
                return OfLocal(local, depth - 1, cancellation);
            case var _ when OperationFacts.ItemsOf(operation) is { } elements:
                return In(elements, depth - 1, cancellation);
            // Roslyn 4.8 has no operation for collection expressions.
            case { Syntax: CollectionExpressionSyntax }:
                return In(operation.ChildOperations, depth - 1, cancellation);
            default:
                return [];
        }
    }

    // The tags with which the local is declared, and those that are added to it in the method.
    private static IEnumerable<MeasuredTag> OfLocal(ILocalReferenceOperation local, int depth, CancellationToken cancellation)
    {
        if (ComputedFrom.DeclaredValue(local, cancellation) is { } declared)
        {
            foreach (var tag in In(declared, depth, cancellation))
            {
                yield return tag;
            }
        }

        if (!IsTagList(local.Type) || local.SemanticModel is not { } model || EnclosingBody.Of(local.Syntax) is not { } body)
        {
            yield break;
        }

        foreach (var node in body.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax
                    {
                        Expression: IdentifierNameSyntax { Identifier.ValueText: var name },
                        Name.Identifier.ValueText: "Add"
                    }
                } add
                && name == local.Local.Name && model.GetOperation(add, cancellation) is { } operation)
            {
                foreach (var tag in In(operation, depth, cancellation))
                {
                    yield return tag;
                }
            }
        }
    }

    private static bool IsInstrument(INamedTypeSymbol type) => type.Arity == 1 && s_instruments.Contains(type.Name) && IsMetrics(type);

    private static bool IsTagList(ITypeSymbol? type)
        => type is { Name: "TagList", ContainingNamespace: { Name: "Diagnostics", ContainingNamespace.Name: "System" } };

    private static bool IsMetrics(ITypeSymbol type)
        => type.ContainingNamespace is
        {
            Name: "Metrics",
            ContainingNamespace:
            {
                Name: "Diagnostics",
                ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true }
            }
        };
}
