using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Host;
using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness;

/// <summary>A rule or a fix that throws takes nothing else down, and a rule says on which file.</summary>
public class RuleFailedTests
{
    private static readonly string[] s_called = ["Call"];

#pragma warning disable RS1015, RS2008 // A rule of this test alone: it has no page and is never released.
    private static readonly DiagnosticDescriptor s_rule = new("TEST01", "A test", "Called", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);
#pragma warning restore RS1015, RS2008

    [Fact]
    public async Task Rule_ThatThrowsOnAFile_SaysSoOnceAndGoesOnWithOtherFiles()
    {
        var rule = new TestRule(static context =>
        {
            context.RegisterCallAction(s_called, LookAt);
            context.RegisterCallAction(s_called, LookAt);
        });
        var diagnostics = await RunAsync([rule, new TestRule(static context => context.RegisterCallAction(s_called, Report))]);

        var failure = Assert.Single(diagnostics, static diagnostic => diagnostic.Id == "TL9002");
        Assert.Equal(
            "TEST01 failed on 'Bad.cs' with IndexOutOfRangeException at RuleFailedTests.LookAt; please report it with the file",
            failure.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("/src/Bad.cs", failure.Location.SourceTree?.FilePath);
        Assert.Equal(default, failure.Location.SourceSpan);
        Assert.Contains("IndexOutOfRangeException", failure.Properties["Exception"], StringComparison.Ordinal);

        // Under TreatWarningsAsErrors, what is no warning stays what it is.
        Assert.Equal(DiagnosticSeverity.Info, failure.Severity);
        Assert.Equal(
            ["Bad.cs", "Bad.cs", "Good.cs", "Good.cs", "Good.cs"],
            diagnostics.Where(static diagnostic => diagnostic.Id == "TEST01").Select(static diagnostic => Path.GetFileName(diagnostic.Location.SourceTree?.FilePath)).Order());
    }

    [Fact]
    public async Task Rule_ThatThrowsAtItsStart_SaysSoOnceWithoutALocation()
    {
        var rule = new TestRule(static context =>
        {
            context.RegisterCallAction(s_called, Report);
            throw new InvalidOperationException("No.");
        });
        var diagnostics = await RunAsync([rule]);

        var failure = Assert.Single(diagnostics, static diagnostic => diagnostic.Id == "TL9002");
        Assert.StartsWith("TEST01 failed at startup with InvalidOperationException at RuleFailedTests.", failure.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(Location.None, failure.Location);
        Assert.Equal(3, diagnostics.Count(static diagnostic => diagnostic.Id == "TEST01"));
    }

    [Fact]
    public async Task Cancellation_IsNoFailure()
    {
        var rule = new TestRule(static context => context.RegisterCallAction(s_called, static _ => throw new OperationCanceledException()));
        Assert.Empty(await RunAsync([rule]));
    }

    [Fact]
    public async Task Rule_ThatIsTurnedOff_IsNotStarted()
    {
        var isStarted = false;
        Assert.Empty(await RunAsync([new TestRule(_ => isStarted = true)], ReportDiagnostic.Suppress));
        Assert.False(isStarted);
    }

    [Fact]
    public async Task Fix_ThatThrows_OffersNothing()
    {
        FixExceptions.AreHidden = true;
        Assert.Empty(await OfferedAsync(new DocumentFix()));
        Assert.Empty(await OfferedAsync(new SolutionFix()));
    }

    [Fact]
    public async Task Fix_ThatThrows_IsSeenByTests()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => OfferedAsync(new DocumentFix()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => OfferedAsync(new SolutionFix()));
    }

    private static void LookAt(NodeContext node)
    {
        if (node.Node.SyntaxTree.FilePath.EndsWith("Bad.cs", StringComparison.Ordinal))
        {
            int[] none = [];
            _ = none[1];
        }

        Report(node);
    }

    private static void Report(NodeContext node) => node.ReportDiagnostic(Diagnostic.Create(s_rule, node.Node.GetLocation()));

    private static async Task<ImmutableArray<Diagnostic>> RunAsync(ImmutableArray<Rule> rules, ReportDiagnostic severity = ReportDiagnostic.Default)
    {
        Exception? failure = null;
        var compilation = Analysis.Compile(
            [
                CSharpSyntaxTree.ParseText("class Bad { void Call() { Call(); Call(); } }", path: "/src/Bad.cs"),
                CSharpSyntaxTree.ParseText("class Good { void Call() { Call(); } }", path: "/src/Good.cs"),
            ],
            References.None);
        var options = compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Error);
        options = severity is ReportDiagnostic.Default ? options : options.WithSpecificDiagnosticOptions([new("TEST01", severity)]);
        var diagnostics = await compilation.WithOptions(options).WithAnalyzers([new TraceLintAnalyzer(rules)], new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), (exception, _, _) => failure = exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false)).GetAnalyzerDiagnosticsAsync();
        return failure is null ? diagnostics : throw failure;
    }

    private static async Task<List<CodeAction>> OfferedAsync(CodeFixProvider fix)
    {
        using var workspace = new AdhocWorkspace();
        var document = workspace.AddProject("Code", LanguageNames.CSharp).AddDocument("Code.cs", SourceText.From("class C;"));
        var diagnostic = Diagnostic.Create(s_rule, Location.Create((await document.GetSyntaxTreeAsync())!, new TextSpan(0, 5)));
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private sealed class TestRule(Action<RuleContext> start) : Rule
    {
        public override DiagnosticDescriptor Descriptor => s_rule;

        public override IReadOnlyCollection<string> Words => s_called;

        public override void Start(RuleContext context) => start(context);
    }

    private sealed class DocumentFix : TraceCodeFix
    {
        public override ImmutableArray<string> FixableDiagnosticIds => ["TEST01"];

        private protected override string Title => "Fix";

        private protected override string EquivalenceKey => "TEST01.Fix";

        private protected override Task<Document?> RewriteAsync(Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
            => throw new InvalidOperationException("No.");
    }

    private sealed class SolutionFix : TraceSolutionFix
    {
        public override ImmutableArray<string> FixableDiagnosticIds => ["TEST01"];

        private protected override string Title => "Fix";

        private protected override string EquivalenceKey => "TEST01.Fix";

        private protected override Task<Solution?> RewriteAsync(Solution solution, IReadOnlyList<Diagnostic> diagnostics, CancellationToken cancellation)
            => throw new InvalidOperationException("No.");
    }
}
