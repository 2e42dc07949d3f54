using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Survey;

/// <summary>
/// The lines of .editorconfig and global configs as the compiler has them: found for every file before an analyzer runs. A
/// workspace looks them up whenever it is asked, and would charge the rules with it.
/// </summary>
internal sealed class CompilerOptions : AnalyzerConfigOptionsProvider
{
    private readonly Dictionary<string, AnalyzerConfigOptions> _files = [];
    private readonly AnalyzerConfigOptionsProvider _others;

    private CompilerOptions(AnalyzerConfigOptionsProvider workspace, IEnumerable<string> paths)
    {
        _others = workspace;
        foreach (var path in paths)
            _files.TryAdd(path, new Values(workspace.GetOptions(CSharpSyntaxTree.ParseText("", path: path))));
    }

    public override AnalyzerConfigOptions GlobalOptions => _others.GlobalOptions;

    public static AnalyzerOptions For(AnalyzerOptions options, IEnumerable<string> paths) =>
        new(options.AdditionalFiles, new CompilerOptions(options.AnalyzerConfigOptionsProvider, paths));

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => _files[tree.FilePath];

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => _others.GetOptions(textFile);

    private sealed class Values(AnalyzerConfigOptions options) : AnalyzerConfigOptions
    {
        private readonly ImmutableDictionary<string, string> _values = options.Keys
            .Select(key => (Key: key, Value: options.TryGetValue(key, out var value) ? value : ""))
            .ToImmutableDictionary(pair => pair.Key, pair => pair.Value, KeyComparer);

        public override IEnumerable<string> Keys => _values.Keys;

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => _values.TryGetValue(key, out value);
    }
}
