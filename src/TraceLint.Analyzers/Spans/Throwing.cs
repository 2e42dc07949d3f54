using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Spans;

/// <summary>What may throw, as far as people reckon with it: an await, or a call of code that does something.</summary>
internal static class Throwing
{
    private static readonly HashSet<string> s_harmless = new(StringComparer.Ordinal)
    {
        "Activity", "ActivityContext", "ActivityEvent", "ActivityExtensions", "ActivityLink", "ActivitySource", "ActivityTagsCollection", "Console",
        "Counter", "Debug", "Environment", "Histogram", "ILogger", "Interlocked", "LoggerExtensions", "Math", "Object", "Stopwatch",
        "String", "StringBuilder", "Task", "TagList", "TelemetrySpan", "TimeProvider", "TimeSpan", "Trace", "Volatile",
    };

    /// <summary>The first such thing in an operation; null when there is none.</summary>
    public static SyntaxNode? In(IOperation step)
    {
        foreach (var operation in step.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IAwaitOperation or IThrowOperation:
                case IInvocationOperation { TargetMethod: { ContainingType.Name: var type } method } when !s_harmless.Contains(type) && method.MethodKind is not MethodKind.PropertyGet:
                    return operation.Syntax;
            }
        }

        return null;
    }
}
