using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;
using static TraceLint.Configuration.Declaration;

namespace TraceLint.Configuration;

/// <summary>
/// Reads one line: a kind, a documentation id or a name, and <c>name=value</c> parts. A value may be quoted; two quotes inside
/// stand for one.
/// </summary>
/// <param name="line">The line.</param>
/// <param name="start">The line's position in the file.</param>
/// <param name="problems">Receives the problems of the line.</param>
internal sealed class DeclarationLine(string line, int start, ImmutableArray<Problem>.Builder problems)
{
    private static readonly Dictionary<string, (DeclarationKind Kind, string Ids, string[] Parts)> s_kinds = new(StringComparer.Ordinal)
    {
        ["inject"] = (DeclarationKind.Inject, "MTN", [PartNames.Carrier]),
        ["extract"] = (DeclarationKind.Extract, "MTN", [PartNames.Carrier]),
        ["publish"] = (DeclarationKind.Publish, "MTN", [PartNames.Carrier, PartNames.Write, PartNames.Read, PartNames.New]),
        ["consume"] = (DeclarationKind.Consume, "MTN", [PartNames.Carrier, PartNames.Read]),
        ["span_start"] = (DeclarationKind.SpanStart, "MTN", []),
        ["carrier"] = (DeclarationKind.Carrier, "TP", [PartNames.Write, PartNames.Read, PartNames.New]),
        ["tracing_program"] = (DeclarationKind.TracingProgram, "", []),
        ["untraced_program"] = (DeclarationKind.UntracedProgram, "", []),
        ["instrumented_transport"] = (DeclarationKind.InstrumentedTransport, "", []),
    };

    private int _at;

    /// <summary>The words with which a line can start.</summary>
    public static IEnumerable<string> Kinds => s_kinds.Keys;

    /// <summary>The parts that a line of some kind can have.</summary>
    public static IEnumerable<string> PartsOf(string kind) => s_kinds[kind].Parts;

    /// <summary>Reads the line.</summary>
    /// <returns>Null when the line is empty or has a problem.</returns>
    public Declaration? Read()
    {
        if (NextWord() is not { Text.Length: > 0 } first)
        {
            return null;
        }

        if (!s_kinds.TryGetValue(first.Text, out var known))
        {
            Report(first.Span, $"{Quote.Text(first.Text)} is not a kind of declaration{NearestName.Offer(first.Text, Kinds)}");
            return null;
        }

        if (NextWord() is not { Text.Length: > 0 } target)
        {
            Report(first.Span, $"'{first.Text}' needs {(known.Ids.Length == 0 ? "a name" : "a documentation id")}");
            return null;
        }

        if (ReadSymbol(target, known.Ids) is var (symbol, isUnderstood)
            && isUnderstood
            && ReadName(first.Text, known.Kind, target)
            && ReadParts(first.Text, known.Parts) is { } parts)
        {
            return new Declaration(known.Kind, target, symbol, parts);
        }

        return null;
    }

    private (SymbolPattern?, bool) ReadSymbol(Word target, string kinds)
    {
        if (kinds.Length == 0)
        {
            return (null, true);
        }

        var (symbol, problem) = SymbolPattern.Parse(target.Text, kinds);
        if (problem is not null)
        {
            Report(target.Span, problem);
        }

        return (symbol, symbol is not null);
    }

    private bool ReadName(string name, DeclarationKind kind, Word target)
    {
        var problem = kind switch
        {
            DeclarationKind.InstrumentedTransport => KnownOptions.InstrumentedTransports.ProblemIn(target.Text),
            DeclarationKind.TracingProgram or DeclarationKind.UntracedProgram => ProgramNames.ProblemIn(target.Text),
            _ => null,
        };
        if (problem is not null)
        {
            Report(target.Span, $"'{name}' {problem}");
        }

        return problem is null;
    }

    private ImmutableDictionary<string, Word>? ReadParts(string kind, string[] allowed)
    {
        var parts = ImmutableDictionary<string, Word>.Empty;
        while (NextPart() is { } part)
        {
            if (part.Value.Text is null)
            {
                Report(part.Name.Span, $"{Quote.Text(part.Name.Text)} is not of the form name=value");
                return null;
            }

            if (Array.IndexOf(allowed, part.Name.Text) < 0)
            {
                Report(part.Name.Span, $"'{kind}' has no part {Quote.Text(part.Name.Text)}{NearestName.Offer(part.Name.Text, allowed)}");
                return null;
            }

            if (parts.ContainsKey(part.Name.Text))
            {
                Report(part.Name.Span, $"'{part.Name.Text}' is given twice; remove one");
                return null;
            }

            if (CodeTemplate.ProblemIn(part.Name.Text, part.Value.Text) is { } problem)
            {
                Report(part.Value.Span, problem);
                return null;
            }

            parts = parts.Add(part.Name.Text, part.Value);
        }

        return parts;
    }

    // Ends at white space outside parentheses. White space between the parameters of a documentation id is dropped.
    private Word? NextWord()
    {
        SkipBlanks();
        var (from, depth) = (_at, 0);
        var text = new StringBuilder();
        for (; _at < line.Length && (depth > 0 || !char.IsWhiteSpace(line[_at])); _at++)
        {
            depth += line[_at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (!char.IsWhiteSpace(line[_at]))
            {
                text.Append(line[_at]);
            }
        }

        return text.Length == 0 ? null : new Word(text.ToString(), Span(from, _at));
    }

    private (Word Name, Word Value)? NextPart()
    {
        SkipBlanks();
        var from = _at;
        while (_at < line.Length && line[_at] != '=' && !char.IsWhiteSpace(line[_at]))
        {
            _at++;
        }

        var name = new Word(line.Substring(from, _at - from), Span(from, _at));
        if (_at == line.Length || line[_at] != '=' || name.Text.Length == 0)
        {
            var isAny = _at > from || _at < line.Length;
            _at = line.Length;
            return isAny ? (new Word(line.Substring(from), Span(from, line.Length)), default) : null;
        }

        _at++;
        return (name, ReadValue());
    }

    private Word ReadValue()
    {
        var from = _at;
        if (_at == line.Length || line[_at] != '"')
        {
            while (_at < line.Length && !char.IsWhiteSpace(line[_at]))
            {
                _at++;
            }

            return new Word(line.Substring(from, _at - from), Span(from, _at));
        }

        var text = new StringBuilder();
        for (_at++; _at < line.Length; _at++)
        {
            if (line[_at] != '"')
            {
                text.Append(line[_at]);
            }
            else if (_at + 1 < line.Length && line[_at + 1] == '"')
            {
                text.Append(line[_at++]);
            }
            else
            {
                _at++;
                return new Word(text.ToString(), Span(from, _at));
            }
        }

        Report(Span(from, line.Length), "The quoted value has no closing quote");
        return new Word("", Span(from, line.Length));
    }

    // A comment starts only after white space, because the name of a constructor is #ctor.
    private void SkipBlanks()
    {
        while (_at < line.Length && char.IsWhiteSpace(line[_at]))
        {
            _at++;
        }

        if (_at < line.Length && line[_at] == '#')
        {
            _at = line.Length;
        }
    }

    private TextSpan Span(int from, int to) => TextSpan.FromBounds(start + from, start + to);

    private void Report(TextSpan where, string problem) => problems.Add(new Problem(where, problem));
}
