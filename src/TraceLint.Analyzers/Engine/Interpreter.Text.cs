using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Model;

namespace TraceLint.Engine;

/// <content>Text: what it is composed of.</content>
internal sealed partial class Interpreter
{
    /// <summary>The member that stands for the text in a builder of texts.</summary>
    private const string BuiltText = "<text>";

    private static readonly Regex s_placeholder = new(@"\{(\d+)(?:[,:][^}]*)?\}", RegexOptions.CultureInvariant);

    private Value Interpolate(IInterpolatedStringOperation text)
    {
        var parts = new List<Value>();
        foreach (var part in text.Parts)
        {
            switch (part)
            {
                case IInterpolatedStringTextOperation { Text: var literal }:
                    parts.Add(Evaluate(literal));
                    break;
                case IInterpolationOperation { Expression: var hole, FormatString: var format }:
                    parts.Add(Formatted(Evaluate(hole), format is null ? null : Evaluate(format), part));
                    break;
                default:
                    parts.Add(MadeOf(part));
                    break;
            }
        }

        return Composed(parts);
    }

    private static Value Composed(IEnumerable<Value> parts)
    {
        var all = parts as IReadOnlyList<Value> ?? parts.ToList();
        return ComposedText.Of(all) is { } text ? Value.Of(text) : Value.TextOf(all);
    }

    // The text of a value, which is as good as the value unless the format leaves only a part of it.
    private static Value Formatted(Value value, Value? format, IOperation where)
        => value.Constant is not null || value.Text is not null ? value
            : format?.Constant is string pattern && TextFormats.AreCoarse(pattern) ? Value.NotNull.From(value).WithSource(where)
            : Value.NotNull.From(value).WithSources(value.Sources).WithSource(where);

    private Value ComposeText(CallSite site)
    {
        switch (site.Method.Name)
        {
            case "Concat":
                return Composed(Operands(site, from: 0));
            case "Combine" or "Join" when site.Method.ContainingType.Name == "Path":
                return Composed(Separated(Operands(site, from: 0), Value.OfConstant("/")));
            case "Join":
                return Composed(Separated(Operands(site, from: 1), site[0]));
            case "Format":
                var isForCulture = site.Method.Parameters[0].Type.Name == "IFormatProvider";
                return Format(site, site[isForCulture ? 1 : 0], Operands(site, from: isForCulture ? 2 : 1));
            case "Append" or "AppendLine" or "AppendJoin" or "AppendFormat" or "Insert":
                return Append(site);
            case "ToString" when IsBuilder(site.Method.ContainingType):
                return ReadMember(site.Receiver, BuiltText, site.Operation) is { Objects.IsEmpty: true } built ? built : Value.NotNull;
            default:
                return site.Method.IsStatic
                    ? Formatted(site[0], format: null, site.Operation)
                    : Formatted(site.Receiver, site.Method.Parameters.IsEmpty ? null : site[0], site.Operation);
        }
    }

    /// <summary>The text in a builder; other values as they are.</summary>
    public Value TextOf(Value value) => value.OnlyObject is { } one && _state[one][BuiltText] is { } text ? text : value;

    private static bool IsBuilder(ITypeSymbol type) => type.Name == "StringBuilder";

    private Value Append(CallSite site)
    {
        var added = site.Method.Name switch
        {
            "AppendFormat" => Format(site, site[0], Operands(site, from: 1)),
            "AppendJoin" => Composed(Separated(Operands(site, from: 1), site[0])),
            "Insert" => site[1],
            _ => site[0],
        };
        foreach (var one in site.Receiver.Objects)
        {
            var before = _state[one][BuiltText] ?? _state[one][MemberFor("value")] ?? Value.OfConstant("");
            Value[] parts = site.Method.Name == "Insert" ? [added, before] : [before, added];
            _state = _state.With(one, BuiltText, Composed(parts));
        }

        return site.Receiver;
    }

    // The elements of an array that the compiler creates for the call count as operands.
    private IEnumerable<Value> Operands(CallSite site, int from)
    {
        for (var i = from; i < site.Method.Parameters.Length; i++)
        {
            if (site.ArgumentFor(i) is { } argument && OperandsIn(argument) is { } elements)
            {
                foreach (var element in elements)
                {
                    yield return Evaluate(element);
                }
            }
            else
            {
                yield return site[i];
            }
        }
    }

    private static IEnumerable<IOperation>? OperandsIn(IArgumentOperation argument)
        => argument.Parameter is { Type: IArrayTypeSymbol } or { IsParams: true } ? Flow.OperationFacts.ItemsOf(argument.Value) : null;

    private static IEnumerable<Value> Separated(IEnumerable<Value> values, Value separator)
    {
        var isFirst = true;
        foreach (var value in values)
        {
            if (!isFirst)
            {
                yield return separator;
            }

            isFirst = false;
            yield return value;
        }
    }

    private static Value Format(CallSite site, Value format, IEnumerable<Value> operands)
    {
        var values = operands.ToList();
        if (format.Constant is not string pattern)
        {
            return Composed(values);
        }

        var (parts, end) = (new List<Value>(), 0);
        foreach (Match placeholder in s_placeholder.Matches(pattern))
        {
            parts.Add(Value.OfConstant(pattern.Substring(end, placeholder.Index - end)));
            end = placeholder.Index + placeholder.Length;
            var isKnown = int.TryParse(placeholder.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < values.Count;
            parts.Add(isKnown ? Formatted(values[index], null, site.Operation) : Value.NotNull);
        }

        parts.Add(Value.OfConstant(pattern.Substring(end)));
        return Composed(parts);
    }
}
