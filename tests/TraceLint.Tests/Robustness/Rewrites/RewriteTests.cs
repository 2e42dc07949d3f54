using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Tests.Verification;
using Xunit.Abstractions;

namespace TraceLint.Tests.Robustness.Rewrites;

/// <summary>
/// The programs of the tests, rewritten without a change of their meaning: the rules say the same. Which rewrites a program gets where it
/// does not get all is a matter of its place in the list.
/// </summary>
public class RewriteTests(ITestOutputHelper output)
{
    private const string ShareVariable = "TRACELINT_REWRITES";

    [Fact]
    [Trait("Tier", "Newest")]
    public async Task Verdicts_StayTheSame()
    {
        var share = int.TryParse(Environment.GetEnvironmentVariable(ShareVariable), out var set) ? set : 10;
        var differences = new ConcurrentBag<string>();
        var counts = new ConcurrentDictionary<string, (int Rewritten, int Compiled, int Different)>(StringComparer.Ordinal);
        var snippets = TestSnippets.All.Where(static snippet => !snippet.Setup.Broken).Where((_, index) => index % share == 0);
        await Parallel.ForEachAsync(snippets, async (snippet, cancellation) =>
        {
            var project = Workspaces.ProjectOf(snippet);
            var document = project.Documents.First();
            var root = (CompilationUnitSyntax)(await document.GetSyntaxRootAsync(cancellation))!;
            var model = (await document.GetSemanticModelAsync(cancellation))!;
            if (HasErrors(model))
            {
                return;
            }

            string? before = null;
            foreach (var rewrite in Rewrite.All)
            {
                var rewritten = rewrite.Apply(root, model);
                if (rewritten is [var same] && same.IsEquivalentTo(root))
                {
                    continue;
                }

                var changed = document.WithText(SourceText.From(rewritten[0].ToFullString()));
                foreach (var more in rewritten.Skip(1))
                {
                    changed = changed.Project.AddDocument("More.cs", more.ToFullString(), filePath: "/More.cs").Project.GetDocument(changed.Id)!;
                }

                var isCompiled = !(await changed.Project.GetCompilationAsync(cancellation))!.GetDiagnostics(cancellation).Any(IsError);
                before ??= Verdicts(await Workspaces.DiagnosticsOf(project));
                var after = isCompiled ? Verdicts(await Workspaces.DiagnosticsOf(changed.Project)) : before;
                counts.AddOrUpdate(
                    rewrite.Name,
                    _ => (1, isCompiled ? 1 : 0, after == before ? 0 : 1),
                    (_, known) => (known.Rewritten + 1, known.Compiled + (isCompiled ? 1 : 0), known.Different + (after == before ? 0 : 1)));
                if (after != before)
                {
                    differences.Add($"{snippet.Name} | {rewrite.Name} | {before} | {after}");
                }
            }
        });
        foreach (var (name, count) in counts.OrderBy(static one => one.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{name}: {count.Rewritten} rewritten, {count.Compiled} compile, {count.Different} different");
        }

        var lines = differences.Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} differences\n{string.Join('\n', lines)}");
    }

    private static bool HasErrors(SemanticModel model)
        => model.GetDiagnostics().Any(IsError);

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity is DiagnosticSeverity.Error;

    private static string Verdicts(IEnumerable<Diagnostic> diagnostics)
        => string.Join(' ', diagnostics.Select(static diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
}
