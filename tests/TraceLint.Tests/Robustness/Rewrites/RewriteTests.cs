using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Tests.Verification;
using Xunit.Abstractions;

namespace TraceLint.Tests.Robustness.Rewrites;

/// <summary>
/// The programs of the tests, rewritten without a change of their meaning: the rules say the same. The differences that are known are in
/// differences.txt.
/// </summary>
public class RewriteTests(ITestOutputHelper output)
{
    /// <summary>Set, all programs are rewritten, and the list of the differences is written.</summary>
    private const string WriteVariable = "TRACELINT_WRITE_REWRITES";

    // Every so many programs of the tests, where not all are looked at.
    private const int Step = 10;

    private static readonly string s_list = Repo.File("tests", "TraceLint.Tests", "Robustness", "Rewrites", "differences.txt");

    [Fact]
    [Trait("Tier", "Newest")]
    public async Task Verdicts_StayTheSame()
    {
        var writes = Environment.GetEnvironmentVariable(WriteVariable) is { Length: > 0 };
        var counts = new ConcurrentDictionary<string, Count>(StringComparer.Ordinal);
        var differences = new ConcurrentBag<string>();
        var snippets = TestSnippets.All.Where(static snippet => !snippet.Setup.Broken)
            .Where((_, index) => writes || index % Step == 0)
            .ToList();
        await Parallel.ForEachAsync(snippets, async (snippet, cancellation) =>
        {
            foreach (var difference in await DifferencesOf(snippet, counts, cancellation))
            {
                differences.Add(difference);
            }
        });
        foreach (var (name, count) in counts.OrderBy(static one => one.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{name}: {count.Rewritten} rewritten, {count.Compiled} compile, {count.Different} different");
        }

        // A rewrite that makes nonsense of the programs would find nothing.
        Assert.All(counts, static one => Assert.True(one.Value.Compiled >= one.Value.Rewritten * 0.9, one.Key));
        var found = differences.Order(StringComparer.Ordinal).ToList();
        if (writes)
        {
            await File.WriteAllLinesAsync(s_list, found);
            return;
        }

        var names = snippets.Select(static snippet => snippet.Name).ToHashSet();
        var known = File.ReadAllLines(s_list).Where(line => names.Contains(line.Split(" | ")[0])).ToList();
        Assert.Empty(found.Except(known));
        Assert.Empty(known.Except(found));
    }

    private static async Task<IEnumerable<string>> DifferencesOf(
        Snippet snippet, ConcurrentDictionary<string, Count> counts, CancellationToken cancellation)
    {
        var project = Workspaces.ProjectOf(snippet);
        var document = project.Documents.First();
        var root = (CompilationUnitSyntax)(await document.GetSyntaxRootAsync(cancellation))!;
        var model = (await document.GetSemanticModelAsync(cancellation))!;
        if (model.GetDiagnostics(cancellationToken: cancellation).Any(IsError))
        {
            return [];
        }

        var differences = new List<string>();
        string? before = null;
        foreach (var rewrite in Rewrite.All)
        {
            var files = rewrite.Apply(root, model);
            if (files is [var same] && same.IsEquivalentTo(root))
            {
                continue;
            }

            var changed = ProjectOf(document, files);
            var isCompiled = !(await changed.GetCompilationAsync(cancellation))!.GetDiagnostics(cancellation).Any(IsError);
            before ??= Verdicts(await Workspaces.DiagnosticsOf(project));
            var after = isCompiled ? Verdicts(await Workspaces.DiagnosticsOf(changed)) : before;
            counts.GetOrAdd(rewrite.Name, static _ => new Count()).Add(isCompiled, after != before);
            if (after != before)
            {
                differences.Add($"{snippet.Name} | {rewrite.Name} | {before} | {after}");
            }
        }

        return differences;
    }

    private static Project ProjectOf(Document document, SyntaxNode[] files)
    {
        var project = document.WithText(SourceText.From(files[0].ToFullString())).Project;
        foreach (var more in files.Skip(1))
        {
            project = project.AddDocument("More.cs", more.ToFullString(), filePath: "/More.cs").Project;
        }

        return project;
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity is DiagnosticSeverity.Error;

    private static string Verdicts(IEnumerable<Diagnostic> diagnostics)
        => string.Join(' ', diagnostics.Select(static diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));

    private sealed class Count
    {
        private int _rewritten;
        private int _compiled;
        private int _different;

        public int Rewritten => _rewritten;

        public int Compiled => _compiled;

        public int Different => _different;

        public void Add(bool isCompiled, bool isDifferent)
        {
            Interlocked.Increment(ref _rewritten);
            Interlocked.Add(ref _compiled, isCompiled ? 1 : 0);
            Interlocked.Add(ref _different, isDifferent ? 1 : 0);
        }
    }
}
