using Microsoft.CodeAnalysis;
using TraceLint.Configuration;

namespace TraceLint.Host;

/// <summary>
/// Code in which no rule reports: health checks; telemetry exporters and log sinks, which must not trace themselves; and code marked
/// with <c>[TraceBoundary]</c>, where a new trace starts on purpose.
/// </summary>
internal static class SilentCode
{
    private static readonly HashSet<string> s_silentTypes = new(StringComparer.Ordinal)
    {
        "log4net.Appender.IAppender",
        "Microsoft.Extensions.Diagnostics.HealthChecks.IHealthCheck",
        "Microsoft.Extensions.Logging.ILogger",
        "Microsoft.Extensions.Logging.ILoggerProvider",
        "NLog.Targets.Target",
        "OpenTelemetry.BaseExporter",
        "OpenTelemetry.BaseProcessor",
        "Serilog.Core.IBatchedLogEventSink",
        "Serilog.Core.ILogEventSink",
        "Serilog.Sinks.PeriodicBatching.IBatchedLogEventSink",
        "System.Diagnostics.TraceListener",
    };

    /// <summary>Whether a node is in such code.</summary>
    public static bool Contains(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        var symbol = model.GetEnclosingSymbol(node.SpanStart, cancellation);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.LambdaMethod or MethodKind.LocalFunction })
        {
            symbol = symbol.ContainingSymbol;
        }

        return IsSilentType(symbol?.ContainingType ?? symbol as INamedTypeSymbol)
            || ContextAttributes.AreAround(symbol, ContextAttributes.Boundary);
    }

    private static bool IsSilentType(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            for (var current = type; current is not null; current = current.BaseType)
            {
                if (IsListed(current))
                {
                    return true;
                }
            }

            foreach (var contract in type.AllInterfaces)
            {
                if (IsListed(contract))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsListed(INamedTypeSymbol type)
        => type.ContainingNamespace is { IsGlobalNamespace: false } home && s_silentTypes.Contains($"{home.ToDisplayString()}.{type.Name}");
}
