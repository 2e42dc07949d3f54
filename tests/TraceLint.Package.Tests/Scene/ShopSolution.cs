using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests.Scene;

/// <summary>
/// A solution of somebody who installed TraceLint: Orders publishes twice without trace context, Billing once for each of its two target
/// frameworks. TL1001 is an error.
/// </summary>
internal sealed class ShopSolution : ConsumerFolder
{
    public ShopSolution(PackedRepository repository)
        : base(repository)
    {
        // The log is about a Git repository.
        Directory.CreateDirectory(Path.Combine(Folder, ".git"));
        Write("Shop.slnx", """
            <Solution>
              <Project Path="Billing/Billing.csproj" />
              <Project Path="Orders/Orders.csproj" />
            </Solution>
            """);
        Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.TL1001.severity = error\n");
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <LangVersion>latest</LangVersion>
                <RestoreAdditionalProjectSources>{repository.PackageFolder}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                {ConsumerSolution.TraceLint}
                <PackageReference Include="Confluent.Kafka" Version="{Settings.VersionOf("Confluent.Kafka")}" />
              </ItemGroup>
            </Project>
            """);
        Write("Orders/Orders.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        Write("Orders/Publisher.cs", Publisher("Orders", "orders", "audit"));
        Write("Billing/Billing.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework />
                <TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="System.Diagnostics.DiagnosticSource" Version="10.0.14" />
              </ItemGroup>
            </Project>
            """);
        Write("Billing/Publisher.cs", Publisher("Billing", "invoices"));
    }

    /// <summary>A class that publishes to some topics without trace context.</summary>
    public static string Publisher(string name, params string[] topics) => $$"""
        using System.Diagnostics;
        using Confluent.Kafka;

        namespace {{name}};

        public class Publisher(IProducer<string, string> producer)
        {
            private static readonly ActivitySource Source = new("{{name}}");

            public void Send(string json)
            {
                using var activity = Source.StartActivity("send");
        {{string.Join('\n', topics.Select(static topic => $$"""        producer.Produce("{{topic}}", new Message<string, string> { Value = json });"""))}}
            }
        }
        """;

    /// <summary>Builds the solution.</summary>
    /// <returns>The warnings.</returns>
    public async Task<IReadOnlyList<BuildMessage>> BuildAsync(params string[] options) => BuildMessage.In(await RunAsync(["build", .. options]));

    /// <summary>The same for a build that must fail.</summary>
    public async Task<IReadOnlyList<BuildMessage>> FailToBuildAsync(params string[] options)
        => BuildMessage.In(await FailAsync(["build", .. options]));
}
