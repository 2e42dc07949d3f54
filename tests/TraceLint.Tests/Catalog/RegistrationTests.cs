using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Host;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Catalog;

/// <summary>
/// A rule costs nothing, for it registers nothing, in a project that lacks its library, or the words that it is about. Spans are a library,
/// too, though .NET brings it.
/// </summary>
public class RegistrationTests
{
    private static readonly MetadataReference s_testFramework = CSharpCompilation.Create("xunit.core").ToMetadataReference();

    public static TheoryData<string> RuleNames => RuleCatalog.RuleNames;

    /// <summary>Settings need no library.</summary>
    public static TheoryData<string> NamesOfRulesAboutLibraries
        => [.. RuleCatalog.Rules.Where(static rule => rule.Descriptor.Id != "TL9001").Select(static rule => rule.GetType().Name)];

    [Theory]
    [MemberData(nameof(NamesOfRulesAboutLibraries))]
    public void WithoutLibraries_RegistersNothing(string name) => Assert.Equal(0, Registered(name, References.Untraced, WordsOf(name)).Actions);

    [Theory]
    [MemberData(nameof(NamesOfRulesAboutLibraries))]
    public void WithLibrariesAndWords_RegistersActions(string name) => Assert.NotEqual(0, Registered(name, References.Newest, WordsOf(name)).Actions);

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void WithoutWords_RegistersNothing(string name) => Assert.Equal(0, Registered(name, References.Newest, "class Nothing;").Actions);

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void TestProject_RegistersNothing(string name) => Assert.Equal(0, Registered(name, References.Newest.Add(s_testFramework), WordsOf(name)).Actions);

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void WithoutWords_ButWithSettings_RegistersActions(string name)
        => Assert.NotEqual(0, Registered(name, References.Newest, "class Nothing;", UserSettings.Of("tracelint.test_code = false")).Actions);

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void TestProject_ButWithSettings_RegistersActions(string name)
        => Assert.NotEqual(0, Registered(name, References.Newest.Add(s_testFramework), WordsOf(name), UserSettings.Of($"tracelint.{name[..6]}.test_code = true")).Actions);

    // One is enough: any of them.
    private static string WordsOf(string name) => $"// {string.Join(' ', RuleCatalog.Rule(name).Words)}\nclass Code {{ System.Diagnostics.Activity? span; }}";

    private static StartRecorder Registered(string name, ImmutableArray<MetadataReference> references, string source, AnalyzerOptions? settings = null)
    {
        var context = new Recorder();
        new TraceLintAnalyzer([RuleCatalog.Rule(name)]).Initialize(context);
        var compilation = Analysis.Compile([CSharpSyntaxTree.ParseText(source, path: "Code.cs")], references);
        if (!RuleCatalog.Rule(name).Descriptor.IsEnabledByDefault)
        {
            compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new(name[..6], ReportDiagnostic.Info)]));
        }

        var start = new StartRecorder(compilation, settings ?? new AnalyzerOptions([]));
        context.Start!(start);
        return start;
    }

    private sealed class Recorder : AnalysisContext
    {
        public Action<CompilationStartAnalysisContext>? Start { get; private set; }

        public override void RegisterCompilationStartAction(Action<CompilationStartAnalysisContext> action) => Start = action;

        public override void EnableConcurrentExecution() { }

        public override void ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags analysisMode)
            => Assert.Equal(GeneratedCodeAnalysisFlags.None, analysisMode);

        public override void RegisterCompilationAction(Action<CompilationAnalysisContext> action) => Fail();

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => Fail();

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => Fail();

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => Fail();

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => Fail();

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => Fail();

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds) => Fail();

        private static void Fail() => Assert.Fail("Rules register per compilation, once they know that it has what they are about.");
    }

    private sealed class StartRecorder(Compilation compilation, AnalyzerOptions settings)
        : CompilationStartAnalysisContext(compilation, settings, CancellationToken.None)
    {
        public int Actions { get; private set; }

        public override void RegisterCompilationEndAction(Action<CompilationAnalysisContext> action)
            => Assert.Fail("Nothing is reported at the end of a compilation: it would not be live in the IDE.");

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => Actions++;

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => Actions++;

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => Actions++;

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => Actions++;

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => Actions++;

        public override void RegisterAdditionalFileAction(Action<AdditionalFileAnalysisContext> action) => Actions++;

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds)
            => Assert.Fail("Rules look things up in an index of each file: an action for nodes would be asked about every one.");
    }
}
