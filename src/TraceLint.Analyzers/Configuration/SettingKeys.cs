using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Configuration;

/// <summary>
/// The keys of the TraceLint settings in a compilation. Rules without settings of their own share everything that is computed about
/// the compilation.
/// </summary>
internal sealed class SettingKeys
{
    private readonly HashSet<string> _rules = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Collects the keys from the settings of all files.</summary>
    public SettingKeys(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
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

    /// <summary>Whether there are any TraceLint settings.</summary>
    public bool Any { get; }

    /// <summary>Whether a rule has settings of its own.</summary>
    /// <param name="rule">The id of the rule.</param>
    public bool AreAbout(string rule) => _rules.Contains(rule);
}
