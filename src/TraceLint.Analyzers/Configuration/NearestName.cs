namespace TraceLint.Configuration;

/// <summary>Suggests an existing name for a misspelled one.</summary>
internal static class NearestName
{
    private const int MaxLength = 100;
    private const int MaxCandidates = 2000;

    /// <summary>A "did you mean" to append to a message; empty when no name is similar.</summary>
    public static string Offer(string written, IEnumerable<string> names)
        => Of(written, names) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>The most similar name; null when none is similar.</summary>
    public static string? Of(string written, IEnumerable<string> names)
    {
        string? nearest = null;
        var least = written.Length / 3 + 1;
        foreach (var name in names.Take(MaxCandidates))
        {
            if (written.Length <= MaxLength
                && Math.Abs(name.Length - written.Length) <= least
                && Distance(written, name) is var distance
                && (distance < least || (distance == least && nearest is null)))
            {
                (nearest, least) = (name, distance);
            }
        }

        return nearest;
    }

    // The Levenshtein distance, ignoring case.
    private static int Distance(string a, string b)
    {
        var costs = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            costs[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = costs[0];
            costs[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.Min(change, Math.Min(costs[j], costs[j - 1]) + 1);
            }
        }

        return costs[b.Length];
    }
}
