namespace TraceLint.Spans;

/// <summary>Names that sound like tracing. They decide where it is worth looking, never what is found there.</summary>
internal static class TraceNames
{
    private static readonly string[] s_hints = ["inject", "propagat", "trac", "header", "context", "span", "activity", "enrich", "correlat", "telemetry", "instrument"];

    // Begin and Start: what a helper is called that starts one.
    private static readonly string[] s_spanHints = ["span", "activity", "begin", "start"];

    public static bool SoundLike(string name) => HasAny(name, s_hints);

    /// <summary>Names that sound like a span, or like starting one.</summary>
    public static bool SoundLikeSpan(string name) => HasAny(name, s_spanHints);

    private static bool HasAny(string name, string[] hints)
    {
        foreach (var hint in hints)
        {
            if (name.IndexOf(hint, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
