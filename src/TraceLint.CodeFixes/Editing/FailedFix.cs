namespace TraceLint.Editing;

/// <summary>
/// Makes a fix that throws offer nothing. An exception would stop the light bulb, or dotnet format, for all other fixes as well.
/// </summary>
internal static class FailedFix
{
    /// <summary>Whether an exception is hidden. Tests replace it, because they must see the exceptions.</summary>
    public static Func<Exception, bool> IsHidden { get; set; } = static exception => exception is not OperationCanceledException;

    /// <summary>The result of a fix; null when it throws.</summary>
    public static async Task<T?> OrNothingAsync<T>(Func<Task<T?>> fix)
        where T : class
    {
        try
        {
            return await fix().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsHidden(exception))
        {
            return null;
        }
    }
}
