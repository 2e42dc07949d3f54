using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Host;
using TraceLint.Rules;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness.Linked;

/// <summary>
/// Every fix in a file of two target frameworks, with the programs of its own tests: both get the same text, it compiles in both, and
/// what was reported is gone.
/// </summary>
public class LinkedDocumentTests
{
    private static readonly LanguageVersion[] s_languages =
        [LanguageVersion.CSharp7_3, LanguageVersion.CSharp8, LanguageVersion.CSharp9, LanguageVersion.CSharp10, LanguageVersion.CSharp11, LanguageVersion.CSharp12];

    public static TheoryData<string> FixNames => RuleCatalog.FixNames;

    /// <summary>The first program of a fix that it fixes in each pair of frameworks.</summary>
    [Theory]
    [MemberData(nameof(FixNames))]
    public async Task Fix_WritesOneTextThatCompilesInBothFrameworks(string name)
    {
        var isFixed = (Language: false, Framework: false);
        foreach (var snippet in SnippetsOf(name))
        {
            isFixed.Language |= await IsFixedAsync(snippet, isOnNetStandard: false);
            isFixed.Framework |= !s_withoutNetStandard.Contains(name) && await IsFixedAsync(snippet, isOnNetStandard: true);
            if (isFixed.Language && isFixed.Framework != s_withoutNetStandard.Contains(name))
            {
                return;
            }
        }

        Assert.Fail($"No test of {name} has a program that it fixes in two frameworks: {isFixed}.");
    }

    [Theory]
    [MemberData(nameof(FixNames))]
    [Trait("Tier", "Newest")]
    public async Task Fix_OfEveryProgramOfItsTests_WritesOneTextThatCompilesInBothFrameworks(string name)
    {
        foreach (var snippet in SnippetsOf(name))
        {
            await IsFixedAsync(snippet, isOnNetStandard: false);
            await IsFixedAsync(snippet, isOnNetStandard: true);
        }
    }

    /// <summary>Fixes whose programs need what .NET Standard 2.0 does not have.</summary>
    private static readonly HashSet<string> s_withoutNetStandard =
        ["TL2003_ExtractFromHeaders", "TL3001_CarryContext", "TL3007_CarryContextInItem"];

    private static IEnumerable<Snippet> SnippetsOf(string fix) => TestSnippets.All.Where(snippet => snippet.Fix?.Name == fix && !snippet.Setup.Broken);

    // Whether there was anything to fix; all that must hold afterwards is asserted.
    private static async Task<bool> IsFixedAsync(Snippet snippet, bool isOnNetStandard)
    {
        var (rule, fix) = (new TraceLintAnalyzer([(Rule)Activator.CreateInstance(snippet.Rule!)!]), (CodeFixProvider)Activator.CreateInstance(snippet.Fix!)!);
        if ((isOnNetStandard ? References.OnNetStandard(snippet.Setup.References) : snippet.Setup.References) is not { } references
            || await LowestAsync(rule, fix, snippet, references) is not var (source, lowest))
        {
            return false;
        }

        var projects = LinkedProjects.Create(rule, fix, source, snippet.Setup, lowest);
        var reported = await projects.CountReportedAsync();
        if (reported == 0 || (await projects.ErrorsAsync()).Count > 0)
        {
            return false;
        }

        var rewritten = await projects.FixAllAsync();
        var offers = (await projects.OfferedAsync()).Select(static offer => string.Join("\n", offer)).Distinct();
        Assert.True(offers.Count() == 1 || (await projects.AnalyzeAsync()).Select(static project => project.Reported.FirstOrDefault()?.Location.SourceSpan).Distinct().Count() > 1, snippet.Name);
        if (rewritten.Text == projects.Text)
        {
            return false;
        }

        var errors = await rewritten.ErrorsAsync();
        Assert.True(errors.Count == 0, $"{snippet.Name}, {lowest.Language}: {string.Join("\n", errors)}\n{rewritten.Text}");
        Assert.True(await rewritten.CountReportedAsync() < reported, $"{snippet.Name} has {reported} diagnostics before and after, in {lowest.Language}:\n{source}\n{rewritten.Text}");
        return true;
    }

    // The oldest language that the program compiles in, as it is or without what is new in its declarations.
    private static async Task<(string Source, Setup Setup)?> LowestAsync(DiagnosticAnalyzer rule, CodeFixProvider fix, Snippet snippet, ImmutableArray<MetadataReference> references)
    {
        var document = LinkedProjects.Create(rule, fix, snippet.Source, snippet.Setup).Projects.Single().Documents.First(static document => document.Name == "Code.cs");
        var older = OlderSource.Of((await document.GetSemanticModelAsync())!);
        foreach (var source in new[] { older, snippet.Source })
        {
            foreach (var language in s_languages)
            {
                var setup = snippet.Setup with { References = references, Language = language, Nullable = snippet.Setup.Nullable && language >= LanguageVersion.CSharp8 };
                if ((await LinkedProjects.Create(rule, fix, source, setup).ErrorsAsync()).Count == 0)
                {
                    return (source, setup);
                }
            }
        }

        return null;
    }
}
