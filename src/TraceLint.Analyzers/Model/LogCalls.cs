using Microsoft.CodeAnalysis;

namespace TraceLint.Model;

/// <summary>Methods that write to a log. What is serialized, on the other hand, may become the body of a message.</summary>
internal static class LogCalls
{
    /// <summary>Whether a method is one of a logger, of the console or of a trace listener.</summary>
    public static bool Are(IMethodSymbol method)
        => method.ContainingType is { ContainingNamespace: var home } type
            && (type.Name is "Console" or "Debug" or "Trace"
                || home.ToDisplayString() is "Microsoft.Extensions.Logging" or "NLog" or "Serilog");

    /// <summary>Whether a method is one that [LoggerMessage] generates, or a delegate that LoggerMessage.Define returned.</summary>
    public static bool AreGenerated(IMethodSymbol method)
        => method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "LoggerMessageAttribute")
            || method is
            {
                MethodKind: MethodKind.DelegateInvoke,
                ContainingType.Name: "Action",
                Parameters: [{ Type.Name: "ILogger" }, .., { Type.Name: "Exception" }],
            };
}
