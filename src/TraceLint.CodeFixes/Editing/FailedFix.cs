namespace TraceLint.Editing;

/// <summary>A fix that throws offers nothing: an exception would take down the light bulb, or dotnet format, for all other fixes.</summary>
internal static class FailedFix
{
    /// <summary>Whether to go on as if there were no fix. Tests set it, since they must see what users must not.</summary>
    public static Func<Exception, bool> IsHidden { get; set; } = static exception => exception is not OperationCanceledException;

    /// <summary>What a fix makes, or null.</summary>
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
