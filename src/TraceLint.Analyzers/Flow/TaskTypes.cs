using Microsoft.CodeAnalysis;

namespace TraceLint.Flow;

/// <summary>The types of work that goes on.</summary>
internal static class TaskTypes
{
    /// <summary>Whether a type is <c>Task</c> or <c>ValueTask</c>, with a result or without.</summary>
    public static bool IsTask(ITypeSymbol? type)
        => type is
        {
            Name: "Task" or "ValueTask",
            ContainingNamespace: { Name: "Tasks", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } }
        };

    /// <summary>The type of what an await of a task yields; any other type as it is.</summary>
    public static ITypeSymbol? Awaited(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var result] } ? result : type;

    /// <summary>Whether a type is <c>IAsyncEnumerable</c>.</summary>
    public static bool IsSequence(ITypeSymbol? type)
        => type is
        {
            Name: "IAsyncEnumerable",
            ContainingNamespace: { Name: "Generic", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } }
        };
}
