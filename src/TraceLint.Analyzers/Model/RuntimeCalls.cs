using Microsoft.CodeAnalysis;

namespace TraceLint.Model;

/// <summary>The base class library: text, bytes, tasks, delegates that are handed over, the environment and serializers.</summary>
internal sealed class RuntimeCalls : LibraryCalls
{
    // Types whose methods compute something and keep nothing.
    private static readonly HashSet<string> s_computing = new(StringComparer.Ordinal)
    {
        "ArgumentException", "ArgumentNullException", "BitConverter", "Console", "Convert", "DateTime", "DateTimeOffset", "Encoding",
        "Enum", "Guid", "Int32", "Int64", "Math", "MemoryExtensions", "Object", "ReadOnlyMemory", "ReadOnlySpan", "Regex", "Span", "String",
        "TimeSpan", "Uri",
    };

    public override Effect? EffectOf(IMethodSymbol method)
    {
        var type = method.ContainingType;
        if (method.Name.StartsWith("Deserialize", StringComparison.Ordinal))
        {
            return Effect.Receives;
        }

        if (type.ContainingNamespace is not { } home || !IsRuntime(home))
        {
            return null;
        }

        return (type.Name, method.Name) switch
        {
            ("Environment", "GetEnvironmentVariable" or "GetEnvironmentVariables") => Effect.Receives,
            ("IDisposable", "Dispose") or ("IAsyncDisposable", "DisposeAsync") => new Effect(EffectKind.StopsSpan),
            ("Nullable", "get_HasValue") => new Effect(EffectKind.IsPresent),
            ("Nullable", "get_Value" or "GetValueOrDefault") => Effect.ReturnsReceiver,
            ("Task" or "ValueTask" or "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable" or "TaskAwaiter" or "ValueTaskAwaiter",
                "ConfigureAwait" or "get_Result" or "GetAwaiter" or "GetResult" or "AsTask") => Effect.ReturnsReceiver,
            ("Task" or "ValueTask", "FromResult") => Effect.ReturnsFirst,
            ("Task", "Run" or "ContinueWith") => new Effect(EffectKind.Runs, 0),
            ("TaskFactory", "StartNew") => new Effect(EffectKind.Runs, 0),
            ("ThreadPool", "QueueUserWorkItem" or "UnsafeQueueUserWorkItem") => new Effect(EffectKind.Runs, 0),
            ("Thread" or "Timer" or "Task", ".ctor") when method.Parameters is [{ Type.TypeKind: TypeKind.Delegate }, ..]
                => new Effect(EffectKind.Runs, 0),
            ("String" or "Path", "Concat" or "Format" or "Join" or "Combine") => Effect.ComposesText,
            ("DateTime" or "DateTimeOffset", "get_Ticks" or "get_UtcTicks" or "ToUnixTimeMilliseconds" or "ToUnixTimeSeconds")
                => Effect.ComposesText,
            ("StringBuilder", "Append" or "AppendLine" or "AppendFormat" or "AppendJoin" or "Insert" or "ToString") => Effect.ComposesText,
            (_, "ToString") when IsException(method.ContainingType) => Effect.Computes,
            (_, "ToString" or "ToHexString" or "ToLower" or "ToLowerInvariant" or "ToUpper" or "ToUpperInvariant" or "Trim")
                when method.ReturnType.SpecialType is SpecialType.System_String => Effect.ComposesText,
            (var name, _) when s_computing.Contains(name) && method.MethodKind is not MethodKind.Constructor => Effect.Computes,
            _ => null,
        };
    }

    private static bool IsException(ITypeSymbol? type)
        => type is not null && (type is { Name: "Exception", ContainingNamespace.Name: "System" } || IsException(type.BaseType));

    private static bool IsRuntime(INamespaceSymbol home)
    {
        while (home is { ContainingNamespace: { IsGlobalNamespace: false } outer })
        {
            home = outer;
        }

        return home.Name == "System";
    }
}
