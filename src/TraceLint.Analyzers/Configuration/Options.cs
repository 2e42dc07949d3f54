using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Configuration;

/// <summary>
/// The settings that hold in one file, for one rule: what is said for the rule comes before what is said for all. A value
/// that cannot be understood counts as not set; TL9001 says so.
/// </summary>
/// <param name="values">The lines of .editorconfig and global configs.</param>
/// <param name="rule">The id of the rule; null for what is said of all rules.</param>
internal sealed class Options(AnalyzerConfigOptions values, string? rule = null)
{
    private static readonly Lazy<ImmutableArray<string>> s_knownKeys = new(static ()
        => KnownOptions.All.SelectMany(static option => RuleIds.All.Select(option.KeyOf).Prepend(option.Key)).ToImmutableArray());

    /// <summary>The settings of a file.</summary>
    public static Options Of(SyntaxTree tree, AnalyzerOptions options, string? rule = null)
        => new(options.AnalyzerConfigOptionsProvider.GetOptions(tree), rule);

    /// <summary>The settings for all rules, and those for each that has some of its own.</summary>
    public static IEnumerable<Options> AllIn(AnalyzerConfigOptions values)
        => KeysOf(values).Select(RuleOf).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Select(rule => new Options(values, rule)).Prepend(new Options(values));

    /// <summary>The rule that a key of ours is for; null when it is for all.</summary>
    public static string? RuleOf(string key)
        => key.IndexOf('.', Option.Prefix.Length) is var dot and > 0 ? key.Substring(Option.Prefix.Length, dot - Option.Prefix.Length) : null;

    /// <inheritdoc cref="KnownOptions.TestCode"/>
    public bool TestCode => Get(KnownOptions.TestCode);

    /// <inheritdoc cref="KnownOptions.FixDialect"/>
    public DialectChoice FixDialect => Get(KnownOptions.FixDialect);

    /// <inheritdoc cref="KnownOptions.Tracing"/>
    public TracingChoice Tracing => Get(KnownOptions.Tracing);

    /// <summary>Whether an agent injects into, and extracts from, the messages of a transport.</summary>
    /// <param name="transport">One of <see cref="KnownOptions.Transports"/>.</param>
    public bool IsInstrumented(string transport)
        => Get(KnownOptions.InstrumentedTransports) is { IsEmpty: false } names && (names.Contains("all") || names.Contains(transport));

    /// <summary>The keys of all lines that are ours. A host that does not list them is asked for each that means something.</summary>
    public static IEnumerable<string> KeysOf(AnalyzerConfigOptions values)
    {
        foreach (var key in ListedBy(values) ?? s_knownKeys.Value.Where(key => values.TryGetValue(key, out _)))
        {
            // Most start otherwise, and there are a hundred for every file.
            if (key.Length > 0 && (key[0] | 0x20) == Option.Prefix[0] && key.StartsWith(Option.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                yield return key;
            }
        }
    }

    private static IEnumerable<string>? ListedBy(AnalyzerConfigOptions values)
    {
        try
        {
            return values.Keys;
        }
        catch (NotImplementedException)
        {
            return null;
        }
    }

    /// <summary>The value of a setting.</summary>
    public T Get<T>(Option<T> option)
        => (rule is not null && values.TryGetValue(option.KeyOf(rule), out var text) && option.TryParse(text, out var value))
            || (values.TryGetValue(option.Key, out text) && option.TryParse(text, out value))
                ? value
                : option.Default;
}
