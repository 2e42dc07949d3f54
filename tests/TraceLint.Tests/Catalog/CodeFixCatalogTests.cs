using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Catalog;

public class CodeFixCatalogTests
{
    public static TheoryData<string> FixNames => RuleCatalog.FixNames;

    [Fact]
    public void Fixes_AreFound() => Assert.NotEmpty(RuleCatalog.Fixes);

    [Theory]
    [MemberData(nameof(FixNames))]
    public void Fix_IsExportedForCSharpUnderItsName(string name)
    {
        var export = RuleCatalog.Fix(name).GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>();
        Assert.NotNull(export);
        Assert.Equal([LanguageNames.CSharp], export.Languages);
        Assert.Equal(name, export.Name);
    }

    [Theory]
    [MemberData(nameof(FixNames))]
    public void Fix_IsForRulesThatExist(string name)
    {
        var ids = RuleCatalog.Fix(name).FixableDiagnosticIds;
        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.Contains(id, RuleCatalog.Descriptors.Select(static descriptor => descriptor.Id)));
        Assert.StartsWith(ids[0] + "_", name, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(FixNames))]
    public void Fix_HasFixAllForDocumentProjectAndSolution(string name)
    {
        var fix = RuleCatalog.Fix(name);
        var scopes = fix.GetFixAllProvider()!.GetSupportedFixAllScopes();
        Assert.Superset(new HashSet<FixAllScope> { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution }, scopes.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(FixNames))]
    public void EquivalenceKey_IsRuleAndAction(string name)
    {
        var fix = RuleCatalog.Fix(name);
        Assert.Matches($@"^{fix.FixableDiagnosticIds[0]}\.[A-Z]\w+$", (string)RuleCatalog.Property(fix, "EquivalenceKey"));
    }

    /// <summary>One that did would not know what the user has said.</summary>
    [Fact]
    public void Fixes_MakeNoContextOfTheirOwn()
        => Assert.DoesNotContain(Repo.Sources("src", "TraceLint.CodeFixes"), static file => File.ReadAllText(file).Contains("new CompilationContext(", StringComparison.Ordinal));
}
