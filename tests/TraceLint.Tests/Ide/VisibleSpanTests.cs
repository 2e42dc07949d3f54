using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Host;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Ide;

/// <summary>An editor asks for the part of a file that is visible: it gets what the whole file has there, and nothing twice.</summary>
public class VisibleSpanTests
{
    public static TheoryData<string> Samples => ["OrderFlow.Messaging", "OrderFlow.Worker", "OrderFlow.Shipping", "OrderFlow.Api"];

    [Fact]
    public async Task EachMember_HasWhatTheWholeFileHasThere()
        => Assert.True(await CompareAsync((await OrderFlow.Open(OrderFlow.Faults).SnapshotAsync("Faults.cs")).Compilation) >= 10);

    /// <summary>
    /// Roslyn itself keeps what overlapping requests have in common twice, until the whole file is asked for; an editor shows it once.
    /// </summary>
    [Fact]
    public async Task OverlappingSpans_AreNotDoubled()
    {
        using var session = OrderFlow.Open(OrderFlow.Faults);
        var (file, one) = ((await session.Document("Faults.cs").GetSyntaxTreeAsync())!, await session.SnapshotAsync("Faults.cs"));
        var whole = await session.SquigglesAsync("Faults.cs");
        for (var start = 0; start < file.Length; start += 700)
        {
            var span = TextSpan.FromBounds(start, Math.Min(file.Length, start + 1500));
            Assert.Equal(Within(whole, span), Within(await session.SquigglesAsync("Faults.cs", span), span));
            Assert.Equal(Within(whole, span), Within(await one.SquigglesAsync(file, span), span).Distinct());
        }

        Assert.Equal(Texts(whole), Texts(await one.SquigglesAsync(file)));
    }

    [Trait("Tier", "Full")]
    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Sample_HasInEachMethodWhatTheWholeFileHasThere(string project)
        => Assert.True(await CompareAsync(SampleProjects.OrderFlow().Single(sample => sample.AssemblyName == project)) > 0);

    [Trait("Tier", "Newest")]
    [Fact]
    public async Task Snippets_HaveInEachMethodWhatTheWholeFileHasThere()
    {
        var compared = 0;
        var all = TestSnippets.All.Where(static snippet => !snippet.Setup.Broken);
        await Parallel.ForEachAsync(all, async (snippet, cancellation) =>
        {
            var project = Workspaces.ProjectOf(snippet);
            var compilation = (await project.GetCompilationAsync(cancellation))!;
            Interlocked.Add(ref compared, await CompareAsync(compilation, project.AnalyzerOptions, snippet.Name));
        });
        Assert.True(compared > 1500, $"Only {compared} diagnostics were compared.");
    }

    private static async Task<int> CompareAsync(Compilation compilation, AnalyzerOptions? options = null, string name = "")
    {
        var compared = 0;
        foreach (var file in compilation.SyntaxTrees)
        {
            var whole = await SnapshotOf(compilation, options).SquigglesAsync(file);
            compared += whole.Length;
            foreach (var part in (await file.GetRootAsync()).DescendantNodes().Where(static member
                => member is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or GlobalStatementSyntax))
            {
                var visible = await SnapshotOf(compilation.Clone(), options).SquigglesAsync(file, part.Span);
                var (expected, actual) = (Within(whole, part.Span), Within(visible, part.Span));
                Assert.True(
                    expected.SequenceEqual(actual),
                    $"{name}, asked for:\n{part}\nwhole:\n{string.Join('\n', expected)}\nvisible:\n{string.Join('\n', actual)}");
                Assert.True(
                    visible.All(one => !one.Location.IsInSource || one.Location.SourceSpan.IntersectsWith(part.Span)),
                    $"{name}, asked for:\n{part}\nand was told:\n{string.Join('\n', Texts(visible))}");
            }
        }

        return compared;
    }

    private static Snapshot SnapshotOf(Compilation compilation, AnalyzerOptions? options = null)
        => new(compilation, options ?? new AnalyzerOptions([]), new TraceLintAnalyzer());

    private static IEnumerable<string> Within(ImmutableArray<Diagnostic> diagnostics, TextSpan span)
        => Texts([.. diagnostics.Where(one => one.Location.SourceSpan.IntersectsWith(span))]);

    private static IReadOnlyList<string> Texts(ImmutableArray<Diagnostic> diagnostics)
        => [.. diagnostics.Select(static one => one.ToString())];
}
