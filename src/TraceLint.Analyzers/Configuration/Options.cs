using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Configuration;

/// <summary>
/// The settings of <c>.editorconfig</c> and global configs, each typed here and documented in rules.md. A value that
/// cannot be understood counts as not set.
/// </summary>
internal sealed class Options(AnalyzerConfigOptions values)
{
    /// <summary>The names of the settings, which tests compare with rules.md.</summary>
    internal static class Names
    {
        public const string TestCode = "tracelint.test_code";
    }

    /// <summary>Whether test projects are analyzed too. Off unless set: what a test publishes is nobody's trace.</summary>
    public bool TestCode => values.TryGetValue(Names.TestCode, out var text) && bool.TryParse(text, out var value) && value;
}
