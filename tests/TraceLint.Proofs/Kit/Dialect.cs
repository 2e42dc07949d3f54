namespace TraceLint.Proofs.Kit;

/// <summary>What a program propagates with, and what fixes for it are written in.</summary>
[Flags]
public enum Dialect
{
    /// <summary>OpenTelemetry.Api, with OpenTelemetry's SDK and its default, parent-based sampler.</summary>
    OpenTelemetry = 1,

    /// <summary>Nothing but .NET, with a listener that samples in the same way.</summary>
    SystemDiagnostics = 2,

    Both = OpenTelemetry | SystemDiagnostics,
}
