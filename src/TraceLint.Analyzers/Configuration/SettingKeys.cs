using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Configuration;

/// <summary>
/// Which TraceLint settings the files of a compilation have, by their keys: a rule without settings of its own shares all that is known about the
/// compilation with the other rules.
/// </summary>
internal sealed class SettingKeys
{
    private readonly HashSet<string> _rules = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Those of a compilation.</summary>
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

    /// <summary>Whether there is any.</summary>
    public bool Any { get; }

    /// <summary>Whether one is for a rule alone.</summary>
    /// <param name="rule">The id of the rule.</param>
    public bool AreAbout(string rule) => _rules.Contains(rule);
}
