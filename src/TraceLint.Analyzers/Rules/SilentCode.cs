using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Configuration;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>
/// Code that no rule speaks about: test projects and benchmarks, unless the option says otherwise; health checks and
/// pings; telemetry agents and log sinks, which ship what they ship for others and must not trace themselves; and what says
/// itself, with <c>[TraceBoundary]</c>, that a new trace starts there.
/// </summary>
internal static class SilentCode
{
    private static readonly HashSet<string> s_testFrameworks = new(StringComparer.OrdinalIgnoreCase)
    {
        "BenchmarkDotNet", "Microsoft.VisualStudio.TestPlatform.TestFramework", "MSTest.TestFramework", "nunit.framework",
        "TUnit.Core", "xunit.assert", "xunit.core", "xunit.v3.assert", "xunit.v3.core",
    };

    private static readonly ConditionalWeakTable<Compilation, object> s_testProjects = new();

    /// <summary>The names of OpenTelemetry's and the agents' assemblies.</summary>
    public static readonly string[] Agents = ["Datadog", "Elastic.Apm", "NewRelic", "OpenTelemetry", "Sentry", "SkyApm"];

    private static readonly HashSet<string> s_pings = new(StringComparer.OrdinalIgnoreCase)
    {
        "health", "health-check", "healthcheck", "heartbeat", "heartbeats", "log", "logs", "metrics", "ping", "probe", "telemetry",
    };

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

    /// <summary>Whether the compilation is that of a telemetry agent, built from source.</summary>
    public static bool IsAgent(Compilation compilation) => compilation.AssemblyName is { } name && IsNamed(name, Agents);

    /// <summary>Whether an assembly has one of some names, or one that goes on with a dot.</summary>
    public static bool IsNamed(string assembly, params string[] names)
    {
        foreach (var name in names)
        {
            if (assembly.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (assembly.Length == name.Length || assembly[name.Length] == '.'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the compilation is a project of tests or benchmarks. Every rule asks, and the answer is in its references.</summary>
    public static bool IsTestProject(Compilation compilation) => (bool)s_testProjects.GetValue(compilation, static compilation => ReferencesTestFramework(compilation));

    private static bool ReferencesTestFramework(Compilation compilation)
    {
        foreach (var assembly in compilation.ReferencedAssemblyNames)
        {
            if (s_testFrameworks.Contains(assembly.Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether rules are silent at a node.</summary>
    /// <param name="context">The node and its options.</param>
    /// <param name="isTestProject">What <see cref="IsTestProject"/> said of its compilation.</param>
    /// <param name="rule">The id of the rule, whose own settings come before those of all rules.</param>
    public static bool Contains(NodeContext context, bool isTestProject, string? rule)
        => (isTestProject && !Options.Of(context.Node.SyntaxTree, context.Options, rule).TestCode)
            || IsSilentType(context.ContainingSymbol?.ContainingType ?? context.ContainingSymbol as INamedTypeSymbol)
            || ContextAttributes.AreAround(context.ContainingSymbol, ContextAttributes.Boundary);

    /// <summary>Whether a message is a ping, or ships telemetry: its topic says so, or a literal of one that has no carrier.</summary>
    /// <param name="verdict">The verdict on it.</param>
    /// <param name="call">The call that publishes.</param>
    public static bool IsPing(Verdict verdict, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression is LiteralExpressionSyntax { Token: var token } && token.IsKind(SyntaxKind.StringLiteralToken) && s_pings.Contains(token.ValueText))
            {
                return true;
            }
        }

        // A helper that makes it may be in another file.
        if (verdict.Evidence[verdict.Evidence.Length - 1] is not { Kind: EvidenceKind.NoCarrier or EvidenceKind.CannotCarry, Location: { SourceTree: { } tree } made })
        {
            return false;
        }

        foreach (var token in tree.GetRoot(cancellation).FindNode(made.SourceSpan, getInnermostNodeForTie: true).DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.StringLiteralToken) && s_pings.Contains(token.ValueText))
            {
                return true;
            }
        }

        return false;
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
