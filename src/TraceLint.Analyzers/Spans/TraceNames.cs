namespace TraceLint.Spans;

/// <summary>Names that sound like tracing. They decide where it is worth looking, never what is found there.</summary>
internal static class TraceNames
{
    private static readonly string[] s_hints = ["inject", "propagat", "trac", "header", "context", "span", "activity", "enrich", "correlat", "telemetry", "instrument"];

    public static bool SoundLike(string name)
    {
        foreach (var hint in s_hints)
        {
            if (name.IndexOf(hint, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
