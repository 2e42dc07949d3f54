namespace TraceLint.Configuration;

/// <summary>
/// A setting in .editorconfig or a global config: <c>tracelint.name = value</c> for all rules or
/// <c>tracelint.TL1001.name = value</c> for one rule.
/// </summary>
/// <param name="name">The name, without the prefix and the rule.</param>
/// <param name="values">The possible values, as the page of settings lists them.</param>
internal abstract class Option(string name, string values)
{
    /// <summary>The start of the key of every setting.</summary>
    public const string Prefix = "tracelint.";

    public string Name => name;

    /// <summary>The key that sets the option for all rules.</summary>
    public string Key { get; } = Prefix + name;

    /// <summary>The key that sets the option for one rule.</summary>
    /// <param name="rule">The id of the rule.</param>
    public string KeyOf(string rule) => $"{Prefix}{rule}.{name}";

    public string Values => values;

    /// <summary>Why a text is not a valid value; null when it is.</summary>
    public abstract string? ProblemIn(string text);
}

/// <summary>A setting whose value has the type <typeparamref name="T"/>.</summary>
/// <param name="name">The name, without the prefix and the rule.</param>
/// <param name="values">The possible values, as the page of settings lists them.</param>
/// <param name="byDefault">The value when the setting is missing or invalid.</param>
/// <param name="parse">Parses a text; the problem is null when the text is valid.</param>
internal sealed class Option<T>(string name, string values, T byDefault, Func<string, (T Value, string? Problem)> parse)
    : Option(name, values)
{
    public T Default => byDefault;

    public override string? ProblemIn(string text) => parse(text).Problem;

    public bool TryParse(string text, out T value)
    {
        (value, var problem) = parse(text);
        return problem is null;
    }
}
