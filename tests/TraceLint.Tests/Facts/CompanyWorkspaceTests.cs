using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Package.Tests.Scene;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Facts;

/// <summary>
/// A library and the services that use it, as an IDE has them: references to projects are compilations, without the attribute that a build
/// adds. The diagnostics are those of the command line, which CompanyTests builds.
/// </summary>
public class CompanyWorkspaceTests
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly ProjectId s_library = ProjectId.CreateNewId();
    private static readonly ProjectId s_orders = ProjectId.CreateNewId();
    private static readonly ProjectId s_billing = ProjectId.CreateNewId();

    [Fact]
    public async Task Diagnostics_AreThoseOfTheCommandLine()
    {
        using var workspace = new AdhocWorkspace();
        var solution = workspace.CurrentSolution;
        Add("Acme.Messaging", "Bus.cs", CompanyCode.Messaging, s_library);
        Add("Orders", "Service.cs", CompanyCode.Services["Orders"], s_orders, s_library);
        Add("Billing", "Service.cs", CompanyCode.Services["Billing"], s_billing, s_library);
        Add("Orders.Tests", "Service.cs", CompanyCode.Services["Orders.Tests"], ProjectId.CreateNewId(), s_library, s_orders);
        Add("Host", "Service.cs", CompanyCode.Program, ProjectId.CreateNewId(), s_library, s_orders, s_billing);
        var library = (CSharpCompilation)(await solution.GetProject(s_library)!.GetCompilationAsync())!;
        AddWithPackage("Shipping", FactLibrary.Image(FactLibrary.Generate(library)));
        AddWithPackage("Legacy", FactLibrary.Image(library));

        var found = new List<(string File, int Line, string Id)>();
        foreach (var project in solution.Projects)
        {
            Assert.Empty((await project.GetCompilationAsync())!.GetDiagnostics().Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
            found.AddRange((await Workspaces.DiagnosticsOf(project))
                .Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Warning)
                .Select(static diagnostic => (diagnostic.Location.SourceTree!.FilePath.TrimStart('/'), diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1, diagnostic.Id)));
        }

        Assert.Equal(CompanyCode.Reported, found.Order());

        void Add(string name, string file, string code, ProjectId id, params ProjectId[] references)
        {
            var kind = name == "Host" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
            var metadata = name == "Orders.Tests" ? References.Kafka.Add(References.Named("xunit.assert")) : References.Kafka;
            solution = solution
                .AddProject(ProjectInfo.Create(id, VersionStamp.Default, name, name, LanguageNames.CSharp, metadataReferences: metadata, projectReferences: references.Select(static one => new ProjectReference(one))))
                .WithProjectCompilationOptions(id, new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable))
                .WithProjectParseOptions(id, new CSharpParseOptions(LanguageVersion.Latest))
                .AddDocument(DocumentId.CreateNewId(id), "Usings.cs", SourceText.From(ImplicitUsings), filePath: $"/{name}/Usings.cs")
                .AddDocument(DocumentId.CreateNewId(id), file, SourceText.From(code), filePath: $"/{name}/{file}");
        }

        void AddWithPackage(string name, MetadataReference package)
        {
            var id = ProjectId.CreateNewId();
            Add(name, "Service.cs", CompanyCode.Services[name], id);
            solution = solution.AddMetadataReference(id, package);
        }
    }
}
