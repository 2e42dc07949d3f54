using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness.Linked;

/// <summary>Frameworks that differ in what a fix could write: it writes what all of them have, and nothing where there is no such thing.</summary>
public class LinkedApiTests
{
    private static readonly Setup s_old = new(References.OnNetStandard(References.Kafka)!.Value) { Language = LanguageVersion.CSharp7_3, Nullable = false };
    private static readonly Setup s_untraced = new(References.Untraced.Add(References.NewestKafka));

    private static string Publish(string statements) => $$"""
        using System.Threading.Tasks;
        using Confluent.Kafka;

        public class Sample
        {
            public async Task Send(IProducer<string, string> producer)
            {
        {{KafkaCode.Indent(statements, 2)}}
            }
        }
        """;

    private static string PublishOf(string value) => $$"""await producer.ProduceAsync("orders", new Message<string, string> { Value = "{{value}}" });""";

    private static LinkedProjects Kafka(string statements, params Setup[] setups)
        => LinkedProjects.Create<TL1001_KafkaPublishWithoutContext, TL1001_InjectIntoKafkaMessage>(Publish(statements), setups);

    private static async Task AssertWholeAsync(LinkedProjects rewritten)
    {
        Assert.Empty(await rewritten.ErrorsAsync());
        Assert.True(await rewritten.CountReportedAsync() == 0, rewritten.Text);
    }

    [Fact]
    public async Task OlderLanguage_IsWrittenForBoth()
    {
        var rewritten = await Kafka(PublishOf("one"), Setup.SystemDiagnostics, s_old).FixAllAsync();

        Assert.Contains("Inject(Activity.Current", rewritten.Text, StringComparison.Ordinal);
        await AssertWholeAsync(rewritten);
    }

    [Fact]
    public async Task ApiOfOneFrameworkOnly_NothingIsOffered()
    {
        var projects = Kafka(PublishOf("one"), Setup.SystemDiagnostics, s_untraced);

        Assert.NotEqual(0, await projects.CountReportedAsync());
        Assert.Equal(projects.Text, (await projects.FixAllAsync()).Text);
        Assert.All(await projects.OfferedAsync(), Assert.Empty);
    }

    [Fact]
    public async Task OpenTelemetryInOneFrameworkOnly_TheOtherApiIsWritten()
    {
        var rewritten = await Kafka(PublishOf("one"), Setup.OpenTelemetry, Setup.SystemDiagnostics).FixAllAsync();

        Assert.Contains("DistributedContextPropagator.Current.Inject(", rewritten.Text, StringComparison.Ordinal);
        await AssertWholeAsync(rewritten);
    }

    [Fact]
    public async Task CodeOfOneFramework_IsFixedWithThatOfTheOther()
    {
        var rewritten = await Kafka($"""
            #if FRAMEWORK0
            {PublishOf("zero")}
            #else
            {PublishOf("one")}
            #endif
            {PublishOf("both")}
            """, Setup.SystemDiagnostics, s_old).FixAllAsync();

        await AssertWholeAsync(rewritten);
        Assert.Equal(4, rewritten.Text.Split(".Inject(").Length);
        Assert.Contains("\n        #else\n", rewritten.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileThatAnotherFixHasChangedInOneFramework_GetsTheSameInBoth()
    {
        var texts = await Kafka(PublishOf("one"), Setup.SystemDiagnostics, s_old).Change(0, static text => text.Replace("public async", "public static async")).TextsAfterFixAllAsync();

        Assert.Contains("public static async", Assert.Single(texts.Distinct()), StringComparison.Ordinal);
        Assert.Contains(".Inject(", texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReportedInOneFrameworkOnly_IsFixedForBothAtOnce()
    {
        var rewritten = await Kafka($"""
            #if FRAMEWORK1
            #pragma warning disable TL1001
            #endif
            {PublishOf("zero")}
            #if FRAMEWORK1
            #pragma warning restore TL1001
            #endif
            {PublishOf("both")}
            """, Setup.SystemDiagnostics, s_old).FixAllAsync();

        await AssertWholeAsync(rewritten);
        Assert.Equal(3, rewritten.Text.Split(".Inject(").Length);
    }

    [Fact]
    public async Task FixThatCompilesInOneFrameworkOnly_DoesNotKeepTheOthersFromTheirs()
    {
        // In the second framework the name of the propagator is that of another class.
        var projects = LinkedProjects.Create<TL1001_KafkaPublishWithoutContext, TL1001_InjectIntoKafkaMessage>($$"""
            using System.Diagnostics;
            using System.Threading.Tasks;
            using Confluent.Kafka;

            public class One
            {
            #if FRAMEWORK1
                private static class DistributedContextPropagator { }
            #endif
                public async Task Send(IProducer<string, string> producer)
                {
                    {{PublishOf("one")}}
                }
            }

            public class Two
            {
                public async Task Send(IProducer<string, string> producer)
                {
                    {{PublishOf("two")}}
                }
            }
            """, Setup.SystemDiagnostics, s_old);
        var rewritten = await projects.FixAllAsync();

        Assert.Empty(await rewritten.ErrorsAsync());
        Assert.True(await rewritten.CountReportedAsync() < await projects.CountReportedAsync());
    }
}
