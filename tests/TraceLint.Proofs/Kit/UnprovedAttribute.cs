namespace TraceLint.Proofs.Kit;

/// <summary>What the proofs of a rule's fix may not have.</summary>
public enum Gap
{
    /// <summary>A break under a sampled root.</summary>
    SampledRoot,

    /// <summary>A break under an unsampled root.</summary>
    UnsampledRoot,

    /// <summary>A program without OpenTelemetry.Api.</summary>
    SystemDiagnostics,
}

/// <summary>Why proofs do not have something: what the table in proofs.md says in its place.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class UnprovedAttribute(Gap gap, string reason) : Attribute
{
    /// <summary>The decision not to sample is what the rule is about: under a sampled root there is nothing to lose.</summary>
    public const string DecisionAlone = "none: the decision is what is lost";

    /// <summary>The spans that break are not recorded under an unsampled root.</summary>
    public const string NotRecorded = "none: not recorded";

    /// <summary>The rule is about an API of OpenTelemetry.</summary>
    public const string OpenTelemetryAlone = "none: about OpenTelemetry's API";

    public Gap Gap { get; } = gap;

    public string Reason { get; } = reason;
}
