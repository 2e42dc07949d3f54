namespace TraceLint.Model;

/// <summary>Formats of values.</summary>
internal static class TextFormats
{
    /// <summary>
    /// Whether a format leaves few values: a time that is formatted down to days or hours is one of few; the hours of a day are 24.
    /// </summary>
    public static bool AreCoarse(string format)
        => format.Length > 1 && format.IndexOf('s') < 0 && format.IndexOf('{') < 0 && format.IndexOf('N') < 0;
}
