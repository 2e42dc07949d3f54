using TraceLint.Package.Tests.Scene;
using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests;

/// <summary>A team adopts TraceLint in a code base that has findings: one command writes the baseline, and only what is new fails the build.</summary>
[Collection(OnePackage.Name)]
public class BaselineTests(BaselineTests.Story story) : IClassFixture<BaselineTests.Story>
{
    [Fact]
    public void Before_TheBuildFails()
        => Assert.Equal(
            ["Billing/Publisher.cs(13): error TL1001", "Billing/Publisher.cs(13): error TL1001", "Orders/Publisher.cs(13): error TL1001", "Orders/Publisher.cs(14): error TL1001"],
            story.Before.Select(static message => message.ToString()));

    [Fact]
    public void Written_HasASectionForEachProjectAndTargetFramework()
        => Assert.EndsWith(
            """


            [Billing (net10.0)]
            TL1001 M:Billing.Publisher.Send(System.String) 1

            [Billing (netstandard2.0)]
            TL1001 M:Billing.Publisher.Send(System.String) 1

            [Orders]
            TL1001 M:Orders.Publisher.Send(System.String) 2

            """.ReplaceLineEndings("\n"),
            story.Baseline,
            StringComparison.Ordinal);

    [Fact]
    public void Written_SilencesTheBuild() => Assert.Empty(story.After);

    [Fact]
    public void NewFinding_FailsTheBuild_AndAStaleEntryIsSaid()
        => Assert.Equal(
            [$"{story.Name}/TraceLint.baseline(11): warning TL9003", "Billing/Publisher.cs(17): error TL1001", "Billing/Publisher.cs(17): error TL1001"],
            story.Changed.Select(static message => message.ToString()));

    [Fact]
    public void WithoutTheBaseline_EverythingIsReported() => Assert.Equal(4, story.Unused.Count);

    /// <summary>The life of a baseline: once, for all the tests above.</summary>
    public sealed class Story(PackedRepository repository) : IAsyncLifetime
    {
        internal string Name { get; private set; } = "";

        internal IReadOnlyList<BuildMessage> Before { get; private set; } = [];

        internal string Baseline { get; private set; } = "";

        internal IReadOnlyList<BuildMessage> After { get; private set; } = [];

        internal IReadOnlyList<BuildMessage> Changed { get; private set; } = [];

        internal IReadOnlyList<BuildMessage> Unused { get; private set; } = [];

        public async Task InitializeAsync()
        {
            var shop = new ShopSolution(repository);
            Name = Path.GetFileName(shop.Folder);
            Before = await shop.FailToBuildAsync();
            Assert.Empty(await shop.BuildAsync("-p:TraceLintWriteBaseline=true"));
            Baseline = shop.Read("TraceLint.baseline");
            After = await shop.BuildAsync();

            // Lines move, one finding of Orders is fixed, and another method of Billing gets one.
            shop.Write("Orders/Publisher.cs", "\n\n" + ShopSolution.Publisher("Orders", "orders"));
            shop.Write("Billing/Publisher.cs", ShopSolution.Publisher("Billing", "invoices").TrimEnd('}', '\n') + """

                }

                    public void SendAgain(string json) => producer.Produce("invoices", new Message<string, string> { Value = json });
                }
                """);
            Changed = await shop.FailToBuildAsync();
            shop.Write("Billing/Publisher.cs", ShopSolution.Publisher("Billing", "invoices"));
            shop.Write("Orders/Publisher.cs", ShopSolution.Publisher("Orders", "orders", "audit"));
            Unused = await shop.FailToBuildAsync("-p:TraceLintUseBaseline=false");
        }

        public Task DisposeAsync() => Task.CompletedTask;
    }
}
