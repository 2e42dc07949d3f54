namespace TraceLint.Rules;

/// <summary>The categories of the rules, one a band of ids.</summary>
internal static class Category
{
    /// <summary>TL1xxx: messages that leave.</summary>
    public const string Publish = "TraceLint.Publish";

    /// <summary>TL2xxx: messages that arrive.</summary>
    public const string Consume = "TraceLint.Consume";

    /// <summary>TL3xxx: spans and work inside the process, and child processes.</summary>
    public const string InProcess = "TraceLint.InProcess";

    /// <summary>TL4xxx: the decision to sample, and whose child a span is.</summary>
    public const string Sampling = "TraceLint.Sampling";

    /// <summary>TL5xxx: names of spans and tags of measurements.</summary>
    public const string Names = "TraceLint.Names";

    /// <summary>TL9xxx: what the user says, and failures of TraceLint itself.</summary>
    public const string Configuration = "TraceLint.Configuration";
}
