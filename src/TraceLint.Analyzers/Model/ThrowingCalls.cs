using Microsoft.CodeAnalysis;

namespace TraceLint.Model;

/// <summary>
/// Library methods that may throw, as far as people write code for it: not those that trace, log, measure time or compute a text, nor a
/// pause that nobody can cancel.
/// </summary>
internal static class ThrowingCalls
{
    private static readonly HashSet<string> s_harmlessTypes = new(StringComparer.Ordinal)
    {
        "Activity", "ActivityContext", "ActivityEvent", "ActivityExtensions", "ActivityLink", "ActivitySource", "ActivityTagsCollection",
        "Counter", "DateTime", "DateTimeOffset", "Environment", "Guid", "Histogram", "ILogger", "Interlocked", "LoggerExtensions", "Math",
        "Object", "Stopwatch", "String", "StringBuilder", "TagList", "TelemetrySpan", "Thread", "TimeProvider", "TimeSpan", "Tracer",
        "Volatile",
    };

    private static readonly HashSet<string> s_harmlessNames = new(StringComparer.Ordinal)
    {
        "ConfigureAwait", "Equals", "GetHashCode", "GetType", "GetValueOrDefault", "ToArray", "ToList", "ToLower", "ToLowerInvariant",
        "ToString", "TryGetValue",
    };

    /// <summary>Whether a method may throw.</summary>
    public static bool MayThrow(IMethodSymbol method)
        => method is { ContainingType.Name: var type, Name: var name }
            && !s_harmlessTypes.Contains(type)
            && !s_harmlessNames.Contains(name)
            && !IsPause(method)
            && !LogCalls.Are(method)
            && !LogCalls.AreGenerated(method);

    // Task.Delay(100), but not Task.Delay(100, cancellationToken).
    private static bool IsPause(IMethodSymbol method)
        => method is { Name: "Delay" or "Yield", ContainingType.Name: "Task", Parameters.Length: <= 1 };
}
