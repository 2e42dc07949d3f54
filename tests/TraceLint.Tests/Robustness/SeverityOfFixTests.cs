using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness;

/// <summary>A report that is lowered to Info, because nothing in its program can trace, is fixed as one at Warning is: linked documents have both.</summary>
public class SeverityOfFixTests
{
    private const string Publish = """
        using Confluent.Kafka;
        class Orders { public static void Send(IProducer<string, string> producer) => producer.Produce("orders", new() { Value = "placed" }); }
        """;

    [Fact]
    public async Task Fix_DoesNotDependOnTheSeverity()
    {
        const string source = Publish + "\nstatic class Program { static void Main() { } }\n";
        var (info, lowered) = await FixedAsync(source, []);
        var (warning, plain) = await FixedAsync(source, [References.Stub("Datadog.Trace", "")]);

        Assert.Equal((DiagnosticSeverity.Info, DiagnosticSeverity.Warning), (info, warning));
        Assert.NotEqual(source, lowered);
        Assert.Equal(plain, lowered);
    }

    private static async Task<(DiagnosticSeverity Severity, string Text)> FixedAsync(string source, MetadataReference[] more)
    {
        using var workspace = new AdhocWorkspace();
        var document = workspace
            .AddProject(ProjectInfo.Create(
                ProjectId.CreateNewId(), VersionStamp.Default, "Orders", "Orders", LanguageNames.CSharp,
                metadataReferences: [.. References.NewestWithoutSpans, .. more],
                compilationOptions: new CSharpCompilationOptions(OutputKind.ConsoleApplication)))
            .AddDocument("Orders.cs", source);
        var diagnostic = Assert.Single(await Analysis.RunAsync((await document.Project.GetCompilationAsync())!));
        var actions = new List<CodeAction>();
        var fix = RuleCatalog.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id));
        await fix.RegisterCodeFixesAsync(new(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        var change = (await actions[0].GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        return (diagnostic.Severity, (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString());
    }
}
