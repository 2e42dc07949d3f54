using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests.Scene;

/// <summary>
/// Projects of somebody who installed TraceLint: each in a folder of its own, all of them built at once, because the start of a build takes
/// longer than a small project.
/// </summary>
internal sealed class ConsumerSolution : ConsumerFolder
{
    /// <summary>What a project file says to install TraceLint.</summary>
    public static readonly string TraceLint = TraceLintWith("PrivateAssets=\"all\"");

    // C# 7.3, and nothing that is not in the SDK. The rule is Info by default: TraceLintMode = All makes it a warning, so that the warning
    // needs the analyzers and the targets of the package.
    private const string CSharp = """
        using System.Diagnostics;

        namespace Shop
        {
            public static class Orders
            {
                private static readonly ActivitySource Source = new ActivitySource("Shop");

                public static void Place(string orderId)
                {
                    using (var activity = Source.StartActivity("place order " + orderId))
                    {
                        activity?.SetTag("shop.channel", "online");
                    }
                }
            }
        }
        """;

    private const string VisualBasic = """
        Imports System.Diagnostics

        Public Module Orders
            Private ReadOnly Source As New ActivitySource("Shop")

            Public Sub Place(orderId As String)
                Using Source.StartActivity("place order " & orderId)
                End Using
            End Sub
        End Module
        """;

    private const string FSharp = """
        module Orders

        open System.Diagnostics

        let source = new ActivitySource("Shop")

        let place (orderId: string) =
            use _ = source.StartActivity("place order " + orderId)
            ()
        """;

    private readonly List<string> _projects = [];

    /// <param name="repository">Where TraceLint comes from.</param>
    /// <param name="offline">Whether TraceLint and the SDK are all that it takes; otherwise the machine's sources are asked, too.</param>
    public ConsumerSolution(PackedRepository repository, bool offline)
        : base(repository)
    {
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                {(offline ? "<clear />" : "")}
                <add key="packed" value="{repository.PackageFolder}" />
              </packageSources>
            </configuration>
            """);
    }

    /// <summary>The same with other attributes.</summary>
    public static string TraceLintWith(string attributes)
        => $"""<PackageReference Include="TraceLint" Version="{Settings.VersionOf("TraceLint")}" {attributes} />""";

    /// <summary>The warning in a C# project that has TraceLint.</summary>
    public static BuildMessage WarningIn(string project) => new($"{project}/Orders.cs", 11, "warning", "TL5001");

    /// <summary>Adds a project, named after its folder, with the code that TraceLint has something to say about.</summary>
    /// <param name="file">E.g. "Shop/Shop.csproj".</param>
    /// <param name="items">More items, as XML: TraceLint itself, unless it comes from elsewhere.</param>
    /// <param name="frameworks">Its target frameworks.</param>
    /// <param name="properties">More properties, as XML.</param>
    public void Add(string file, string items = "", string frameworks = "net10.0", string properties = "")
    {
        var extension = Path.GetExtension(file)[1..3];
        Write($"{Path.GetDirectoryName(file)}/Orders.{extension}", extension switch { "cs" => CSharp, "vb" => VisualBasic, _ => FSharp });
        var framework = frameworks.Contains(';', StringComparison.Ordinal) ? "TargetFrameworks" : "TargetFramework";
        Write(file, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <{framework}>{frameworks}</{framework}>
                <TraceLintMode>All</TraceLintMode>
                <NuGetAudit>false</NuGetAudit>
                <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {(extension == "fs" ? """<Compile Include="Orders.fs" />""" : "")}
                {items}
              </ItemGroup>
            </Project>
            """);
        _projects.Add(file);
    }

    /// <summary>Builds all projects.</summary>
    /// <returns>What that wrote to the console.</returns>
    public Task<string> BuildAsync(params string[] options)
    {
        Write("Shop.slnx", $"<Solution>{string.Concat(_projects.Select(project => $"""<Project Path="{project}" />"""))}</Solution>");
        return RunAsync(["build", "Shop.slnx", .. options]);
    }
}
