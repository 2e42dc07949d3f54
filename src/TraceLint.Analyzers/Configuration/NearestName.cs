namespace TraceLint.Configuration;

/// <summary>What somebody probably meant who wrote a name that does not exist.</summary>
internal static class NearestName
{
    private const int MaxLength = 100;
    private const int MaxCandidates = 2000;

    /// <summary>The end of a sentence that offers the nearest name; empty when none is near.</summary>
    public static string Offer(string written, IEnumerable<string> names)
        => Of(written, names) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>The name that is nearest to what was written; null when none is near.</summary>
    public static string? Of(string written, IEnumerable<string> names)
    {
        string? nearest = null;
        var least = written.Length / 3 + 1;
        foreach (var name in names.Take(MaxCandidates))
        {
            if (written.Length <= MaxLength && Math.Abs(name.Length - written.Length) <= least && Distance(written, name) is var distance && (distance < least || (distance == least && nearest is null)))
            {
                (nearest, least) = (name, distance);
            }
        }

        return nearest;
    }

    // The least number of letters to change, add or leave out. Case does not count.
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
