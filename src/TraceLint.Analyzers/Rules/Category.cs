namespace TraceLint.Rules;

/// <summary>The categories of the rules, one for each range of ids.</summary>
internal static class Category
{
    /// <summary>TL1xxx: messages that are published.</summary>
    public const string Publish = "TraceLint.Publish";

    /// <summary>TL2xxx: messages that are received.</summary>
    public const string Consume = "TraceLint.Consume";

    /// <summary>TL3xxx: spans and work inside the process, and child processes.</summary>
    public const string InProcess = "TraceLint.InProcess";

    /// <summary>TL4xxx: sampling decisions, and which span is the parent.</summary>
    public const string Sampling = "TraceLint.Sampling";

    /// <summary>TL5xxx: span names and metric attributes.</summary>
    public const string Names = "TraceLint.Names";

    /// <summary>TL9xxx: the configuration, and failures of TraceLint itself.</summary>
    public const string Configuration = "TraceLint.Configuration";
}
