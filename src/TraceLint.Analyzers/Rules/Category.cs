namespace TraceLint.Rules;

/// <summary>The categories of the rules, one a band of ids.</summary>
internal static class Category
{
    /// <summary>TL1xxx: messages that leave.</summary>
    public const string Publish = "TraceLint.Publish";
}
