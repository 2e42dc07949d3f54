using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests.Scene;

/// <summary>
/// A company: a messaging library with a publish wrapper and helpers, and services that use it as a project, as a package, and as a package
/// of a version that was built without facts. A program runs two of the services without a broker.
/// </summary>
internal sealed class CompanySolution : ConsumerFolder
{
    private readonly string _packages;

    public CompanySolution(PackedRepository repository)
        : base(repository)
    {
        _packages = repository.NewFolder();
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <LangVersion>latest</LangVersion>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <RestoreAdditionalProjectSources>{repository.PackageFolder};{_packages}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                {ConsumerSolution.TraceLint}
                <PackageReference Include="Confluent.Kafka" Version="{Settings.VersionOf("Confluent.Kafka")}" />
              </ItemGroup>
            </Project>
            """);
        Write("Acme.Messaging/Bus.cs", CompanyCode.Messaging);
        Write("Acme.Messaging/Acme.Messaging.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework />
                <TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>
                <ImplicitUsings>disable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="System.Diagnostics.DiagnosticSource" Version="10.0.14" />
              </ItemGroup>
            </Project>
            """);
        Add("Orders", Library, CompanyCode.Services["Orders"]);
        Add("Billing", Library, CompanyCode.Services["Billing"]);
        Add("Shipping", Package(Newest), CompanyCode.Services["Shipping"]);
        Add("Legacy", Package(Older), CompanyCode.Services["Legacy"]);
        Add("Orders.Tests", """<ProjectReference Include="../Orders/Orders.csproj" /><PackageReference Include="xunit.assert" Version="2.9.3" />""", CompanyCode.Services["Orders.Tests"]);
        Add("Host", """<ProjectReference Include="../Orders/Orders.csproj" /><ProjectReference Include="../Billing/Billing.csproj" />""", CompanyCode.Program);
        Write("Company.slnx", $"<Solution>{string.Concat(Projects.Select(static project => $"""<Project Path="{project}/{project}.csproj" />"""))}</Solution>");
    }

    // Not the versions of the package with this name in LibraryTests: NuGet unpacks each version once.
    private const string Older = "3.0.0";
    private const string Newest = "4.0.0";

    private static string[] Projects => ["Acme.Messaging", "Orders", "Billing", "Shipping", "Legacy", "Orders.Tests", "Host"];

    private static string Library => """<ProjectReference Include="../Acme.Messaging/Acme.Messaging.csproj" />""";

    /// <summary>Packs the library twice: as it is now, and an older version, which says nothing of its methods.</summary>
    public async Task PackAsync()
    {
        await RunAsync("pack", "Acme.Messaging", "--output", _packages, $"-p:Version={Older}", "-p:TraceLintFacts=false");
        await RunAsync("pack", "Acme.Messaging", "--output", _packages, $"-p:Version={Newest}");
    }

    public async Task<IReadOnlyList<BuildMessage>> BuildAsync() => BuildMessage.In(await RunAsync("build", "Company.slnx"));

    private void Add(string project, string items, string code)
    {
        Write($"{project}/Service.cs", code);
        Write($"{project}/{project}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>{(project == "Host" ? "Exe" : "Library")}</OutputType>
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """);
    }

    private static string Package(string version) => $"""<PackageReference Include="Acme.Messaging" Version="{version}" />""";
}
