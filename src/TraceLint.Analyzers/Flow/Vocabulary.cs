using System.Collections.Immutable;

namespace TraceLint.Flow;

/// <summary>
/// A set of words and phrases that names are compared with, word by word: <c>ContractId</c> and <c>IsActive</c> have nothing to do with
/// <c>trace</c> and <c>activity</c>.
/// </summary>
/// <param name="entries">
/// Words in lower case. One that ends in <c>*</c> stands for all words that begin so. A phrase is written as one word (<c>traceid</c>), and
/// is found as one (<c>traceid</c>) or as several (<c>TraceId</c>, <c>trace-id</c>).
/// </param>
internal sealed class Vocabulary(params string[] entries)
{
    private const int LongestPhrase = 3;

    private readonly HashSet<string> _words = new(entries.Where(static entry => !IsStem(entry)), StringComparer.Ordinal);
    private readonly string[] _stems = entries.Where(IsStem).Select(static entry => entry.TrimEnd('*')).ToArray();

    /// <summary>The entries of two vocabularies.</summary>
    public Vocabulary And(params string[] others) => new(entries.Concat(others).ToArray());

    /// <summary>Whether a word or phrase of the vocabulary is in a name.</summary>
    public bool IsIn(string name)
    {
        var words = Words.Of(name);
        for (var i = 0; i < words.Length; i++)
        {
            if (Begins(words, i))
            {
                return true;
            }
        }

        return false;
    }

    private bool Begins(ImmutableArray<string> words, int start)
    {
        foreach (var stem in _stems)
        {
            if (words[start].StartsWith(stem, StringComparison.Ordinal))
            {
                return true;
            }
        }

        var phrase = "";
        for (var i = start; i < words.Length && i < start + LongestPhrase; i++)
        {
            phrase += words[i];
            if (_words.Contains(phrase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsStem(string entry) => entry[entry.Length - 1] == '*';
}
