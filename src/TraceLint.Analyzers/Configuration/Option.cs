namespace TraceLint.Configuration;

/// <summary>
/// A setting: a line <c>tracelint.name = value</c> of .editorconfig or a global config, for all rules, or
/// <c>tracelint.TL1001.name = value</c>, for one.
/// </summary>
/// <param name="name">The name, without what is in front of it.</param>
/// <param name="values">What it can be set to, as rules.md has it.</param>
internal abstract class Option(string name, string values)
{
    /// <summary>What the key of every setting starts with.</summary>
    public const string Prefix = "tracelint.";

    public string Name => name;

    /// <summary>The key that sets it for all rules.</summary>
    public string Key { get; } = Prefix + name;

    /// <summary>The key that sets it for one rule.</summary>
    /// <param name="rule">The id of the rule.</param>
    public string KeyOf(string rule) => $"{Prefix}{rule}.{name}";

    public string Values => values;

    /// <summary>Why a text is no value; null when it is one.</summary>
    public abstract string? ProblemIn(string text);
}

/// <summary>A setting of one type.</summary>
/// <param name="name">The name, without what is in front of it.</param>
/// <param name="values">What it can be set to, as rules.md has it.</param>
/// <param name="byDefault">What it is when it is not set, or to something that cannot be understood.</param>
/// <param name="parse">Reads a text; the problem is null when it is a value.</param>
internal sealed class Option<T>(string name, string values, T byDefault, Func<string, (T Value, string? Problem)> parse) : Option(name, values)
{
    public T Default => byDefault;

    public override string? ProblemIn(string text) => parse(text).Problem;

    public bool TryParse(string text, out T value)
    {
        (value, var problem) = parse(text);
        return problem is null;
    }
}
