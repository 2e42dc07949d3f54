using System.Collections.Immutable;

namespace TraceLint.Configuration;

/// <summary>File names of programs. Folders, <c>.exe</c> and case do not count; a star at the end stands for the rest of a name.</summary>
internal sealed class ProgramNames(IEnumerable<string> names)
{
    public static readonly ProgramNames None = new([]);

    private readonly ImmutableArray<string> _names = names.Select(NameOf).ToImmutableArray();

    public ImmutableArray<string> Names => _names;

    /// <summary>Whether a program is among them.</summary>
    /// <param name="file">What is started: a name or a path.</param>
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

    /// <summary>Why a text names no program; null when it does.</summary>
    public static string? ProblemIn(string name)
        => NameOf(name) is var file && file.Length == 0 ? $"names no program: '{name}'"
            : file.IndexOf('*') is >= 0 and var star && star != file.Length - 1 ? $"cannot be read: '{name}' has a star that is not at its end"
            : null;

    private static string NameOf(string file)
    {
        var name = file.Trim().Substring(file.Trim().LastIndexOfAny(['/', '\\']) + 1);
        return name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - 4) : name;
    }
}
