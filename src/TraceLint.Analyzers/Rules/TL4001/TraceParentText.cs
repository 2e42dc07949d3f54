using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// A <c>traceparent</c> composed with constant flags: interpolated, concatenated, formatted or joined.
/// </summary>
/// <param name="Ids">The ids in it.</param>
/// <param name="Flags">The part of the code that ends in the flags.</param>
/// <param name="Text">The flags: 00 or 01.</param>
internal sealed record TraceParentText(ParentIds Ids, SyntaxNode Flags, string Text)
{
    // The placeholder for an id while the text is composed.
    private const char Id = '\u0001';

    private const string Sampled = "00-\u0001-\u0001-01";
    private const string NotSampled = "00-\u0001-\u0001-00";

    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal) { "Concat", "Format", "Join" };

    /// <summary>Whether an expression may compose one, judging by its last part.</summary>
    public static bool MayBe(SyntaxNode expression) => expression switch
    {
        InterpolatedStringExpressionSyntax { Contents: [_, .., InterpolatedStringTextSyntax { TextToken.ValueText: var text }] }
            => EndsInFlags(text),
        BinaryExpressionSyntax
        {
            RawKind: (int)SyntaxKind.AddExpression,
            Parent: not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression },
            Right: LiteralExpressionSyntax { Token.ValueText: var text }
        }
            => EndsInFlags(text),
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name },
            ArgumentList.Arguments: [_, _, ..] arguments
        }
            when s_names.Contains(name)
            => arguments.Any(
                static argument => argument.Expression is LiteralExpressionSyntax { Token.ValueText: var text } && EndsInFlags(text)),
        _ => false,
    };

    /// <summary>The <c>traceparent</c> that an expression composes.</summary>
    /// <returns>Null when it composes none.</returns>
    public static TraceParentText? Of(IOperation? expression)
    {
        var text = new StringBuilder();
        var ids = new List<IOperation>(2);
        SyntaxNode? last = null;
        return expression switch
        {
            IInterpolatedStringOperation interpolated => Read(interpolated),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum => Read(sum),
            IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, IsStatic: true } } call
                => Read(call),
            _ => null,
        };

        TraceParentText? Read(IOperation whole)
        {
            Append(whole);
            return text.ToString() is Sampled or NotSampled && ids.Count == 2 && last is not null
                ? new TraceParentText(new ParentIds(ids[0], ids[1], Flags: null), last, text.ToString(text.Length - 2, 2))
                : null;
        }

        void Append(IOperation part)
        {
            switch (part)
            {
                case { ConstantValue: { HasValue: true, Value: string constant } }:
                    text.Append(constant);
                    last = part.Syntax;
                    break;
                case IConversionOperation { Operand: var operand }:
                    Append(operand);
                    break;
                case IInterpolatedStringOperation interpolated:
                    foreach (var inner in interpolated.Parts)
                    {
                        Append(
                            inner is IInterpolatedStringTextOperation { Text: var literal } ? literal
                                : inner is IInterpolationOperation { Expression: var hole } ? hole
                                : inner);
                    }

                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum:
                    Append(sum.LeftOperand);
                    Append(sum.RightOperand);
                    break;
                case IInvocationOperation
                {
                    TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, IsStatic: true, Name: var name }
                } call:
                    AppendAll(name, [.. Values(call)]);
                    break;
                default:
                    text.Append(Id);
                    ids.Add(part);
                    break;
            }
        }

        void AppendAll(string name, IReadOnlyList<IOperation> values)
        {
            switch (name)
            {
                case "Concat":
                    foreach (var value in values)
                    {
                        Append(value);
                    }

                    break;
                case "Join" when values is [{ ConstantValue.Value: "-" }, ..]:
                    for (var i = 1; i < values.Count; i++)
                    {
                        text.Append(i == 1 ? "" : "-");
                        Append(values[i]);
                    }

                    break;
                case "Format" when values is [{ ConstantValue.Value: string format } pattern, var traceId, var spanId]:
                    text.Append(format.Replace("{0}", Id.ToString()).Replace("{1}", Id.ToString()));
                    ids.Add(traceId.Unconverted());
                    ids.Add(spanId.Unconverted());
                    last = pattern.Syntax;
                    break;
            }
        }
    }

    // The elements of a params array that the compiler creates count as arguments.
    private static IEnumerable<IOperation> Values(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { Parameter.IsParams: true, IsImplicit: true } or { ArgumentKind: ArgumentKind.ParamArray }
                && OperationFacts.ItemsOf(argument.Value) is { } elements)
            {
                foreach (var element in elements)
                {
                    yield return element;
                }
            }
            else if (argument.Parameter?.Type.Name is not "IFormatProvider")
            {
                yield return argument.Value;
            }
        }
    }

    private static bool EndsInFlags(string text)
        => text.EndsWith("-01", StringComparison.Ordinal) || text.EndsWith("-00", StringComparison.Ordinal) || text is "01" or "00";
}
