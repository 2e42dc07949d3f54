using System.Collections.Concurrent;

namespace TraceLint.Flow;

/// <summary>A question about names that is answered once for each: the same few are called in every file of a project.</summary>
/// <param name="isIt">The question.</param>
internal sealed class NameFilter(Func<string, bool> isIt)
{
    private readonly ConcurrentDictionary<string, bool> _answers = new(StringComparer.Ordinal);

    /// <summary>The answer for a name.</summary>
    public bool Accepts(string name) => _answers.TryGetValue(name, out var answer) ? answer : _answers.GetOrAdd(name, isIt);
}
