using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>What may throw, as far as people reckon with it: an await, or a call of code that does something.</summary>
internal static class Throwing
{
    private static readonly HashSet<string> s_harmlessTypes = new(StringComparer.Ordinal)
    {
        "Activity", "ActivityContext", "ActivityEvent", "ActivityExtensions", "ActivityLink", "ActivitySource", "ActivityTagsCollection", "Console",
        "Counter", "DateTime", "DateTimeOffset", "Debug", "Environment", "Guid", "Histogram", "ILogger", "Interlocked", "LoggerExtensions", "Math", "Object",
        "Stopwatch", "String", "StringBuilder", "TagList", "TelemetrySpan", "Thread", "TimeProvider", "TimeSpan", "Trace", "Volatile",
    };

    private static readonly HashSet<string> s_harmlessNames = new(StringComparer.Ordinal)
    {
        "ConfigureAwait", "Equals", "GetHashCode", "GetType", "GetValueOrDefault", "ToArray", "ToList", "ToLower", "ToLowerInvariant", "ToString", "TryGetValue",
    };

    /// <summary>The first such thing in an operation; null when there is none.</summary>
    public static SyntaxNode? In(IOperation operation)
    {
        if (operation is IThrowOperation or IAwaitOperation)
        {
            return operation is IAwaitOperation { Operation: var awaited } && IsPause(awaited) ? null : operation.Syntax;
        }

        if (operation is IInvocationOperation { TargetMethod: { Name: var name, ContainingType.Name: var type } method })
        {
            // What is computed for a tag or a line of a log is not what the span is about.
            return s_harmlessTypes.Contains(type) || Logs(method) ? AwaitIn(operation) : s_harmlessNames.Contains(name) ? InChildren(operation) : operation.Syntax;
        }

        return InChildren(operation);
    }

    // A logger, a method that [LoggerMessage] generates, or a delegate that LoggerMessage.Define returned.
    private static bool Logs(IMethodSymbol method)
        => Bystanders.IsLog(method)
            || method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "LoggerMessageAttribute")
            || method is { MethodKind: MethodKind.DelegateInvoke, ContainingType.Name: "Action", Parameters: [{ Type.Name: "ILogger" }, .., { Type.Name: "Exception" }] };

    // await Task.Delay(100), which nobody can cancel.
    private static bool IsPause(IOperation awaited) => awaited switch
    {
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } => IsPause(task),
        IInvocationOperation { TargetMethod: { Name: "Delay" or "Yield", ContainingType.Name: "Task" }, Arguments.Length: <= 1 } => true,
        _ => false,
    };

    private static SyntaxNode? InChildren(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            if (In(child) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static SyntaxNode? AwaitIn(IOperation operation)
    {
        foreach (var inner in operation.Descendants())
        {
            if (inner is IAwaitOperation { Operation: var awaited } && !IsPause(awaited))
            {
                return inner.Syntax;
            }
        }

        return null;
    }
}
