using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness;

/// <summary>
/// The shapes of public bug reports in Cases/reports, each with what is expected on top. What is not reported today is marked as known; the
/// mark fails when that changes.
/// </summary>
public class ReportTests
{
    // Where a report is expected at one of two places, or no rule has the question yet, that is said with | and *.
    private static readonly Report[] s_reports =
    [
        new("02_create_then_set_parent", "TL2008 16"),
        new("04_task_before_span", "* 11|* 16") { Known = "" },
        new("08_pubsub", "TL1003 13, TL2003 21"),
        new("10_context_local_silences", "TL1003 11"),
        new("10c_trace_id_in_helper", "TL1001 10"),
        new("13_parent_id_as_traceparent", "TL4004 12|TL1001 17") { Known = "" },
        new("17_loop_into_list", "TL3002 17"),
        new("19_acquire_lambda", "TL3005 17"),
        new("20b_fix_mends_one_block_of_two", "TL3007 24"),
        new("24_task_out_of_using", "* 12|* 14"),
        new("28_servicebus_copied_properties", "TL1005 14"),
        new("32_delegate_queue", "* 12|* 33"),
    ];

    public static TheoryData<string> Names => [.. s_reports.Select(static report => report.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Shape_IsReportedAsItSays(string name)
    {
        var report = s_reports.Single(report => report.Name == name);
        var compilation = CaseProjects.Report($"reports/{name}.cs");
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var reported = (await Analysis.RunAsync(compilation)).OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start);
        var answer = string.Join(", ", reported.Select(static diagnostic => $"{diagnostic.Id} {LineOf(diagnostic)}"));
        var isRight = report.Right.Split('|').Any(right => IsSame(right.Split(", "), answer.Split(", ")));
        Known.Check(isRight, answer, report.Right, report.Known);
    }

    [Fact]
    public void EveryShape_HasARow()
        => Assert.Equal(
            SampleProjects.CaseFiles("reports"),
            s_reports.Select(static report => $"reports/{report.Name}.cs").Order(StringComparer.Ordinal));

    // Both blocks of the mesh read the item.
    [Fact]
    public async Task FixOfTheMesh_PassesTheContextToEachSpan()
    {
        var project = CodeProject.Of(CaseProjects.Report("reports/20b_fix_mends_one_block_of_two.cs"));
        var diagnostic = Assert.Single(await Analysis.RunAsync((await project.GetCompilationAsync())!, project.AnalyzerOptions));
        var document = project.GetDocument(diagnostic.Location.SourceTree)!;
        CodeAction? first = null;
        var fix = RuleCatalog.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id));
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => first ??= action, CancellationToken.None));
        var change = (await first!.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        var text = (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
        string[] spans = ["price look-up", "price store"];
        var answer = string.Join(", ", spans.Where(name => text.Contains($"StartActivity(\"{name}\")", StringComparison.Ordinal)));
        Assert.Equal("", answer);
    }

    private static int LineOf(Diagnostic diagnostic) => diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1;

    private static bool IsSame(string[] right, string[] answer)
        => right.Length == answer.Length && right.Zip(answer).All(static pair => IsSame(pair.First, pair.Second));

    private static bool IsSame(string right, string answer)
        => right.StartsWith('*') ? answer.EndsWith(right[1..], StringComparison.Ordinal) : answer == right;

    private sealed record Report(string Name, string Right)
    {
        /// <summary>What is reported today, where that is wrong.</summary>
        public string? Known { get; init; }
    }
}
