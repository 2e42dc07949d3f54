using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Tests.Verification;

/// <summary>What a user says: lines of .editorconfig, the same for every file, and declaration files.</summary>
internal static class UserSettings
{
    public static AnalyzerOptions Of(string config = "", params (string Path, string Text)[] files) => new(
        [.. files.Select(static file => new InMemoryText(file.Path, file.Text))], new Provider(new Values(Parse(config))));

    /// <summary>The same in a host that does not list the keys it has.</summary>
    public static AnalyzerOptions Unlisted(string config) => new([], new Provider(new UnlistedValues(Parse(config))));

    private static ImmutableDictionary<string, string> Parse(string config)
        => config.Split('\n').Select(static line => line.Split('=', 2)).Where(static pair => pair.Length == 2)
            .GroupBy(static pair => pair[0].Trim(), AnalyzerConfigOptions.KeyComparer).ToImmutableDictionary(static pairs => pairs.Key, static pairs => pairs.Last()[1].Trim(), AnalyzerConfigOptions.KeyComparer);

    private sealed class InMemoryText(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }

    private sealed class Provider(AnalyzerConfigOptions values) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => values;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => values;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => values;
    }

    private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override IEnumerable<string> Keys => values.Keys;

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }

    private sealed class UnlistedValues(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
