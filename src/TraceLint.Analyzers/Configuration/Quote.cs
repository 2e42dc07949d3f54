namespace TraceLint.Configuration;

/// <summary>How a problem repeats what the user wrote: in single quotes, and cut where it is long.</summary>
internal static class Quote
{
    private const int MaxLength = 60;
    private const string Ellipsis = "...";

    /// <summary>A value; the end of a long one is left out.</summary>
    public static string Text(string value)
    {
        var end = MaxLength - Ellipsis.Length;
        return value.Length <= MaxLength
            ? $"'{value}'"
            : $"'{value.Substring(0, char.IsHighSurrogate(value[end - 1]) ? end - 1 : end)}{Ellipsis}'";
    }

    /// <summary>A documentation id; the namespace of a long one is left out, because the end tells members apart.</summary>
    public static string Id(string id)
    {
        if (id.Length <= MaxLength)
        {
            return $"'{id}'";
        }

        var from = id.Length - (MaxLength - Ellipsis.Length - 2);
        return $"'{id.Substring(0, 2)}{Ellipsis}{id.Substring(char.IsLowSurrogate(id[from]) ? from + 1 : from)}'";
    }
}
