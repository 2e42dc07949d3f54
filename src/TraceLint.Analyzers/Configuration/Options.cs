using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Configuration;

/// <summary>
/// The settings that apply to one rule in one file. A setting for the rule takes precedence over one for all rules. An invalid
/// value counts as not set; TL9001 reports it.
/// </summary>
/// <param name="values">The settings of .editorconfig and global configs.</param>
/// <param name="rule">The id of the rule; null to use only the settings for all rules.</param>
internal sealed class Options(AnalyzerConfigOptions values, string? rule = null)
{
    private static readonly Lazy<ImmutableArray<string>> s_knownKeys = new(static ()
        => KnownOptions.All.SelectMany(static option => RuleIds.All.Select(option.KeyOf).Prepend(option.Key)).ToImmutableArray());

    /// <summary>The settings of a file.</summary>
    public static Options Of(SyntaxTree tree, AnalyzerOptions options, string? rule = null)
        => new(options.AnalyzerConfigOptionsProvider.GetOptions(tree), rule);

    /// <summary>The settings for all rules, followed by those of each rule that has its own.</summary>
    public static IEnumerable<Options> AllIn(AnalyzerConfigOptions values)
        => KeysOf(values)
            .Select(RuleOf)
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(rule => new Options(values, rule))
            .Prepend(new Options(values));

    /// <summary>The rule in the key of a TraceLint setting; null when the setting is for all rules.</summary>
    public static string? RuleOf(string key)
        => key.IndexOf('.', Option.Prefix.Length) is var dot and > 0
            ? key.Substring(Option.Prefix.Length, dot - Option.Prefix.Length)
            : null;

    /// <inheritdoc cref="KnownOptions.TestCode"/>
    public bool TestCode => Get(KnownOptions.TestCode);

    /// <inheritdoc cref="KnownOptions.FixDialect"/>
    public DialectChoice FixDialect => Get(KnownOptions.FixDialect);

    /// <inheritdoc cref="KnownOptions.Tracing"/>
    public TracingChoice Tracing => Get(KnownOptions.Tracing);

    /// <summary>Whether an agent propagates the context through the messages of a transport.</summary>
    /// <param name="transport">One of <see cref="KnownOptions.Transports"/>.</param>
    public bool IsInstrumented(string transport)
        => Get(KnownOptions.InstrumentedTransports) is { IsEmpty: false } names && (names.Contains("all") || names.Contains(transport));

    /// <summary>The keys of all TraceLint settings. Where the host cannot list its keys, only the known ones are found.</summary>
    public static IEnumerable<string> KeysOf(AnalyzerConfigOptions values)
    {
        foreach (var key in ListedBy(values) ?? s_knownKeys.Value.Where(key => values.TryGetValue(key, out _)))
        {
            // A cheap check first: there are about a hundred keys per file, and few are ours.
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
