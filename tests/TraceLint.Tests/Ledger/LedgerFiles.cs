using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Ledger;

/// <summary>The files of the ledger and the projects whose diagnostics are in each.</summary>
internal static class LedgerFiles
{
    private const string Others = "others";

    private static readonly Lazy<ILookup<string, Snippet>> s_snippets
        = new(static () => TestSnippets.All.ToLookup(static snippet => NameOf(RuleOf(snippet))));

    private static readonly Lazy<ILookup<string, Snippet>> s_tests
        = new(static () => TestSnippets.All.ToLookup(static snippet => snippet.Test));

    // Known before the snippets are: they would be collected whenever tests are looked for.
    public static IEnumerable<string> Names
        => ["cases", "decoys", "samples", .. RuleCatalog.Rules.Select(static rule => rule.Descriptor.Id).Append(Others).Select(NameOf)];

    public static string PathOf(string name) => Repo.File("tests", "TraceLint.Tests", "Ledger", $"{name}.txt");

    public static IEnumerable<LedgerProject> ProjectsOf(string name) => name switch
    {
        "cases" => Cases().Select(static project => Of(project)),
        "decoys" => Decoys().Select(static project => Of(project)),
        "samples" => SampleProjects.OrderFlow().Select(static project => Of(project)),
        _ => s_snippets.Value[name].Select(Of),
    };

    // The folders whose files belong together are one project each.
    private static IEnumerable<CSharpCompilation> Cases() =>
    [
        CaseProjects.Idioms(),
        .. SampleProjects.CaseFiles("reports").Select(CaseProjects.Report),
        .. CaseProjects.Kinds.Select(CaseProjects.Kind),
        .. SampleProjects.CaseFiles("repairs").Select(static file => SampleProjects.Cases(OutputKind.DynamicallyLinkedLibrary, file)),
        .. CaseProjects.Across(),
    ];

    private static IEnumerable<CSharpCompilation> Decoys() =>
    [
        SampleProjects.DecoyProgram(),
        SampleProjects.DecoyLibrary(),
        .. SampleProjects.WaysToInstrument.Select(SampleProjects.InstrumentedDecoys),
    ];

    private static LedgerProject Of(CSharpCompilation compilation) => new(compilation, null, static path => path);

    private static LedgerProject Of(Snippet snippet)
    {
        // Programs of one test are told apart by what they are, so that a new one does not rename the others.
        var name = s_tests.Value[snippet.Test].Count() == 1 ? snippet.Test : $"{snippet.Test}~{HashOf(snippet)}";
        return new(RuleCase.Compile(snippet), snippet.Setup, path => path == RuleCase.FirstFile ? name : $"{name}/{path.TrimStart('/')}");
    }

    private static string HashOf(Snippet snippet)
    {
        var setup = snippet.Setup;
        var files = string.Concat(setup.MoreFiles.Select(static file => file.Source));
        var text = snippet.Source + setup.Declarations + setup.Config + setup.EditorConfig + files;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..4];
    }

    private static string NameOf(string rule) => $"snippets-{rule}";

    private static string RuleOf(Snippet snippet)
        => snippet.Name.StartsWith("TL", StringComparison.Ordinal) ? snippet.Name[.."TL0000".Length] : Others;
}
