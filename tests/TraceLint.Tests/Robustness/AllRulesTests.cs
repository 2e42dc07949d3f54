using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Robustness;

/// <summary>All rules over everything that is not tidy: no exception, no time-out, nothing said that is not so.</summary>
public class AllRulesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\0\u2028}}}}")]
    [InlineData("class { void ( => ; producer.ProduceAsync(")]
    [InlineData("using Confluent.Kafka; IProducer<string, string> p; p.Produce(")]
    [InlineData("using Confluent.Kafka; class C { IProducer<int, int> p; void M() => p.Produce(\"t\", new Message<int, int> { Headers = new() { { \"a\" } } }")]
    [InlineData("using Confluent.Kafka; class C { void M(IProducer<int, int> p) { p.Produce(); p.Produce(\"t\"); p.Produce(\"t\", null); p.Produce(message: default, topic: null); } }")]
    public async Task BrokenCode_NeverThrows(string source) => await Analysis.RunAsync(source);

    [Fact]
    public async Task OwnSource_IsSilent()
    {
        var trees = Repo.Sources("src").Select(static path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), path: path));
        Assert.Empty(await Analysis.RunAsync(Analysis.Compile(trees, References.Newest)));
    }

    [Trait("Tier", "Full")]
    [Fact]
    public async Task EveryTokenDeletedInTurn_NeverThrows()
    {
        var source = Repo.Text("tests", "Samples", "OrderFlow", "OrderFlow.Messaging", "OrderPublisher.cs");
        var tokens = (await CSharpSyntaxTree.ParseText(source).GetRootAsync()).DescendantTokens().Select(static token => token.Span).ToList();
        var whole = Analysis.Compile([], References.Newest);
        Assert.True(tokens.Count > 100);
        foreach (var span in tokens)
        {
            var tree = CSharpSyntaxTree.ParseText(SourceText.From(source.Remove(span.Start, span.Length)));
            await Analysis.RunAsync(whole.AddSyntaxTrees(tree));
        }
    }

    [Trait("Tier", "Full")]
    [Fact]
    public async Task FileCutAnywhere_NeverThrows()
    {
        var source = Repo.Text("tests", "Samples", "OrderFlow", "OrderFlow.Worker", "PaymentWorker.cs");
        var whole = Analysis.Compile([], References.Newest);
        for (var length = 0; length < source.Length; length += 7)
        {
            await Analysis.RunAsync(whole.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source[..length])));
        }
    }

    [Fact]
    public async Task DeepNesting_IsSilent()
    {
        var ifs = string.Concat(Enumerable.Repeat("if (flag) { ", 300)) + "Console.WriteLine();" + new string('}', 300);
        var lambdas = string.Concat(Enumerable.Range(0, 40).Select(static depth => $"Action a{depth} = () => {{ ")) + "Console.WriteLine();" + string.Concat(Enumerable.Repeat("};", 40));
        var calls = string.Concat(Enumerable.Repeat("Math.Abs(", 500)) + "1" + new string(')', 500);
        Assert.Empty(await Analysis.RunAsync(Method($"""
            var message = new Message<string, string>();
            {ifs}
            {lambdas}
            var x = {calls};
            producer.Produce("orders", message);
            """)));
    }

    [Fact]
    public async Task PayloadOfManyCallsAndAliases_StillReports()
    {
        var aliases = string.Concat(Enumerable.Range(1, 3000).Select(static i => $"var x{i} = x{i - 1}; x{i}.Add(order.Id);\n"));
        var body = string.Concat(Enumerable.Range(0, 12).Select(static i => $"M{i}(); Keep(this); "));
        var calls = string.Concat(Enumerable.Range(0, 12).Select(i => $"public void M{i}() {{ {body} }}\n"));
        var diagnostic = Assert.Single(await Analysis.RunAsync(Method($$"""
            var web = new Web();
            web.M0();
            var x0 = new List<string>();
            {{aliases}}
            producer.Produce("orders", new Message<string, string> { Value = JsonSerializer.Serialize((web, x0)) });
            """) + $$"""

            public sealed class Web
            {
                public string Name { get; set; } = "";
                {{calls}}
                private static void Keep(Web web) => web.M1();
            }
            """));
        Assert.Equal("TL1001", diagnostic.Id);
    }

    [Fact]
    public async Task EndlessRecursion_StillReports()
    {
        var diagnostic = Assert.Single(await Analysis.RunAsync(Method("""
            var message = new Message<string, string> { Value = order.Id };
            A(3);
            producer.Produce("orders", message);

            void A(int depth) { B(depth); A(depth); }
            void B(int depth) { A(depth); Action again = () => B(depth); again(); }
            """)));
        Assert.Equal("TL1001", diagnostic.Id);
    }

    [Fact]
    public async Task ManyPublishesInOneMethod_AreEachReportedOnce()
    {
        var publishes = string.Join('\n', Enumerable.Range(0, 300).Select(static number => $$"""producer.Produce("t{{number}}", new Message<string, string> { Value = "{{number}}" });"""));
        Assert.Equal(300, (await Analysis.RunAsync(Method(publishes))).Length);
    }

    [Fact]
    public async Task Diagnostics_AreOneALineAndOnOneLine()
    {
        var diagnostics = await Analysis.RunAsync(Method("""
            await producer
                .ProduceAsync(
                    "orders",
                    new Message<string, string>
                    {
                        Value = order.Id,
                    });
            producer.Produce("orders", new Message<string, string> { Value = order.Id });
            """));
        var lines = diagnostics.Select(static diagnostic => diagnostic.Location.GetLineSpan()).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, static line => Assert.Equal(line.StartLinePosition.Line, line.EndLinePosition.Line));
        Assert.Equal(lines.Count, lines.Select(static line => line.StartLinePosition.Line).Distinct().Count());
    }
}
