using System.Collections.Immutable;

namespace TraceLint.Configuration;

/// <summary>File names of programs, compared without folder, <c>.exe</c> and case. A star at the end matches any rest.</summary>
internal sealed class ProgramNames(IEnumerable<string> names)
{
    public static readonly ProgramNames None = new([]);

    private readonly ImmutableArray<string> _names = names.Select(NameOf).ToImmutableArray();

    public ImmutableArray<string> Names => _names;

    /// <summary>Whether a program matches one of the names.</summary>
    /// <param name="file">The name or the path of the program.</param>
    public bool Contains(string file)
    {
        var name = NameOf(file);
        foreach (var known in _names)
        {
            if (known.EndsWith("*", StringComparison.Ordinal)
                ? name.StartsWith(known.Substring(0, known.Length - 1), StringComparison.OrdinalIgnoreCase)
                : name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Why a text is not a valid program name; null when it is.</summary>
    public static string? ProblemIn(string name)
        => NameOf(name) is var file && file.Length == 0 ? $"contains {Quote.Text(name)}, which has no file name"
            : file.IndexOf('*') is >= 0 and var star && star != file.Length - 1
                ? $"contains {Quote.Text(name)}, in which '*' is not at the end"
            : null;

    private static string NameOf(string file)
    {
        var name = file.Trim().Substring(file.Trim().LastIndexOfAny(['/', '\\']) + 1);
        return name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - 4) : name;
    }
}
