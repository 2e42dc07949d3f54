using System.Collections.Immutable;
using TraceLint.Configuration;

namespace TraceLint.Facts;

/// <summary>
/// Facts as the text of an assembly attribute: a version, then one line per fact, which is a declaration of <c>inject</c>, <c>extract</c>
/// or <c>publish</c> with the documentation id of one method and the parameter that it is about. A wrong fact is worse than none: a text
/// of another version, with a line that cannot be read, or that is too long, says nothing at all.
/// </summary>
internal static class FactText
{
    /// <summary>The first argument of the attribute; the text is the second one.</summary>
    public const string Key = "TraceLint.Facts";

    private const string Version = "1";
    private const int MaxLength = 200_000;

    /// <summary>The line of a fact.</summary>
    /// <param name="id">The documentation id of the method.</param>
    /// <param name="parameter">The parameter that is injected into, extracted from or published.</param>
    public static string Line(DeclarationKind kind, string id, string parameter)
        => $"{Word(kind)} {id} {Declaration.PartNames.Carrier}={parameter}";

    /// <summary>The text of some lines; the same for the same facts, in whatever order they were found.</summary>
    /// <returns>Null when there are none.</returns>
    public static string? Write(IEnumerable<string> lines)
    {
        var sorted = new SortedSet<string>(lines, StringComparer.Ordinal);
        var length = Version.Length;
        var kept = sorted.TakeWhile(line => (length += line.Length + 1) <= MaxLength).ToList();
        return kept.Count == 0 ? null : $"{Version}\n{string.Join("\n", kept)}";
    }

    /// <summary>The facts of a text; none when it is not understood.</summary>
    public static ImmutableArray<Declaration> Read(string text)
    {
        if (text.Length > MaxLength || !text.StartsWith(Version + "\n", StringComparison.Ordinal))
        {
            return ImmutableArray<Declaration>.Empty;
        }

        var facts = ImmutableArray.CreateBuilder<Declaration>();
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var line in text.Substring(Version.Length + 1).Split('\n'))
        {
            if (new DeclarationLine(line, start: 0, problems).Read() is not { } fact || problems.Count > 0 || !IsOne(fact))
            {
                return ImmutableArray<Declaration>.Empty;
            }

            facts.Add(fact);
        }

        return facts.ToImmutable();
    }

    private static bool IsOne(Declaration line)
        => line.Kind is DeclarationKind.Inject or DeclarationKind.Extract or DeclarationKind.Publish
            && line is { Symbol: { Kind: 'M', IsPrefix: false }, Parts.Count: 1 }
            && line.Part(Declaration.PartNames.Carrier) is { Length: > 0 } parameter
            && parameter.IndexOf('.') < 0;

    private static string Word(DeclarationKind kind) => kind switch
    {
        DeclarationKind.Inject => "inject",
        DeclarationKind.Extract => "extract",
        DeclarationKind.Publish => "publish",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are no facts of this kind."),
    };
}
