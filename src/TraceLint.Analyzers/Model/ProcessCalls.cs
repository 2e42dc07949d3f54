using Microsoft.CodeAnalysis;

namespace TraceLint.Model;

/// <summary>Child processes: <c>System.Diagnostics.Process</c>, and the commands of CliWrap.</summary>
internal sealed class ProcessCalls : LibraryCalls
{
    public override Effect? EffectOf(IMethodSymbol method)
        => IsIn(method.ContainingType, "System.Diagnostics") && method is { Name: "Start", ContainingType.Name: "Process" }
            ? new Effect(EffectKind.StartsProcess)
            : method.ContainingNamespace?.ToDisplayString() is { } home && home.StartsWith("CliWrap", StringComparison.Ordinal)
                ? OfCliWrap(method)
                : null;

    // Commands are immutable: each With method returns a new one.
    private static Effect? OfCliWrap(IMethodSymbol method) => (method.ContainingType.Name, method.Name) switch
    {
        (_, "ExecuteAsync" or "ExecuteBufferedAsync")
            => new Effect(EffectKind.StartsProcess, method.IsStatic ? 0 : Effect.Receiver),
        ("Cli", "Wrap") => new Effect(EffectKind.CreatesWith) { Member = "TargetFilePath" },
        ("Command", "WithTargetFile") => new Effect(EffectKind.CopiesWith) { Member = "TargetFilePath" },
        ("Command", "WithArguments") => new Effect(EffectKind.CopiesWith) { Member = "Arguments" },
        ("Command", "WithEnvironmentVariables") => new Effect(EffectKind.CopiesWith) { Member = "EnvironmentVariables" },
        ("Command", _) when method.Name.StartsWith("With", StringComparison.Ordinal)
            => new Effect(EffectKind.CopiesWith) { Member = method.Name },
        ("ArgumentsBuilder", "Add") or ("EnvironmentVariablesBuilder", "Set") => new Effect(EffectKind.Adds),
        _ => null,
    };
}
