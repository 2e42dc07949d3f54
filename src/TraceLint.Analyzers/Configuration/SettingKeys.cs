using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Configuration;

/// <summary>
/// Which settings of ours there are in the files of a compilation, by their keys alone: found out once, because a rule without
/// settings of its own can share what it knows with the others.
/// </summary>
internal sealed class SettingKeys
{
    private static readonly ConditionalWeakTable<Compilation, ConditionalWeakTable<AnalyzerOptions, SettingKeys>> s_compilations = new();
    private readonly HashSet<string> _rules = new(StringComparer.OrdinalIgnoreCase);

    private SettingKeys(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        var seen = new HashSet<AnalyzerConfigOptions>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            var values = options.AnalyzerConfigOptionsProvider.GetOptions(tree);
            if (!seen.Add(values))
            {
                continue;
            }

            foreach (var key in Options.KeysOf(values))
            {
                Any = true;
                if (Options.RuleOf(key) is { } rule)
                {
                    _rules.Add(rule);
                }
            }
        }
    }

    /// <summary>Those of a compilation.</summary>
    public static SettingKeys In(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
        => s_compilations.GetOrCreateValue(compilation).GetValue(options, key => new SettingKeys(compilation, key, cancellation));

    /// <summary>Whether there is any.</summary>
    public bool Any { get; }

    /// <summary>Whether one is for a rule alone.</summary>
    /// <param name="rule">The id of the rule.</param>
    public bool AreAbout(string rule) => _rules.Contains(rule);
}
