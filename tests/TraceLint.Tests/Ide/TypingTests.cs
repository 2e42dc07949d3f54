using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Tests.Ide;

/// <summary>What is said while code is being typed: nothing about a statement that is not finished, and no exception ever.</summary>
public class TypingTests
{
    private const string Publisher = OrderFlow.PublisherFile;

    [Fact]
    public Task Publish_IsReportedWhenItIsComplete()
        => VerifyAsync("""producer.Produce("o", new() { Value = order.Id });""", "TL1001 Produce");

    [Trait("Tier", "Full")]
    [Theory]
    [InlineData(
        """await producer.ProduceAsync(Topics.Orders, new Message<string, string> { Value = order.Id }, cancellation);""",
        "TL1001 ProduceAsync")]
    [InlineData("""
        var message = new Message<string, string> { Value = order.Id };
        producer.Produce("orders", message);
        """, "TL1001 Produce")]
    [InlineData("""
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(() => Telemetry.Source.StartActivity("audit")?.Dispose());
        """, "TL3001 Run")]
    [InlineData("""_ = Process.Start("dotnet", "label.dll");""", "TL3010 Start")]
    [InlineData("""using var activity = Telemetry.Source.StartActivity($"publish {order.Id}");""", "TL5001 order.Id")]
    public Task Statement_IsReportedWhenItIsComplete(string statements, string squiggle) => VerifyAsync(statements, squiggle);

    private static async Task VerifyAsync(string statements, string squiggle)
    {
        using var session = OrderFlow.Open(OrderFlow.Publisher("using var running = Telemetry.Source.StartActivity(\"publish\", System.Diagnostics.ActivityKind.Producer);\n"));
        foreach (var typed in session.Type(Publisher, session.PositionOf(Publisher, OrderFlow.Here), statements))
        {
            var expected = typed == statements ? new[] { squiggle } : [];
            var actual = await session.SquiggledAsync(Publisher);
            Assert.True(expected.SequenceEqual(actual), $"{string.Join(", ", actual)} after: {typed}");
        }
    }

    [Theory]
    [InlineData("\n            ")]
    [InlineData("\n            return;")]
    public async Task Publish_WithoutItsSemicolon_IsNotReportedYet(string next)
    {
        using var session = OrderFlow.Open(OrderFlow.Publisher(
            "producer.Produce(\"orders\", new Message<string, string> { Value = order.Id });" + next));
        Assert.Equal(["TL1001 Produce"], await session.SquiggledAsync(Publisher));

        session.Replace(Publisher, "order.Id });", "order.Id })");
        Assert.Empty(await session.SquiggledAsync(Publisher));
    }

    [Theory]
    [InlineData("Task Send(Order order) => producer.ProduceAsync(\"orders\", new Message<string, string> { Value = order.Id })")]
    [InlineData("Action Sender(Order order) => () => producer.Produce(\"orders\", new Message<string, string> { Value = order.Id })")]
    public async Task ExpressionBody_WithoutItsSemicolon_IsNotReportedYet(string member)
    {
        using var session = OrderFlow.Open(OrderFlow.Publisher(""));
        session.Replace(Publisher, OrderFlow.Member, member);
        Assert.Empty(await session.SquiggledAsync(Publisher));

        session.Replace(Publisher, member, member + ";");
        Assert.Single(await session.SquiggledAsync(Publisher));
    }

    /// <summary>What is complete stays reported: a squiggle that goes and comes with every character is a nuisance.</summary>
    [Theory]
    [InlineData("var next = new Mess")]
    [InlineData("if (order.Id")]
    [InlineData("if (order.Id == null) { logger.")]
    [InlineData("Task.Run(() => {")]
    public async Task StatementBeforeTheOneThatIsTyped_StaysReported(string half)
    {
        using var session = OrderFlow.Open(OrderFlow.Publisher(OrderFlow.Publish));
        session.Replace(Publisher, OrderFlow.Here, "\n        " + half);
        Assert.Equal(["TL1001 Produce"], await session.SquiggledAsync(Publisher));
    }

    [Fact]
    public async Task StatementInTheLambdaOfACall_LeavesTheCallReported()
    {
        using var session = OrderFlow.Open(OrderFlow.Publisher("""
            using var activity = Telemetry.Source.StartActivity("run");
            _ = Task.Run(async () =>
            {
                while (true)
                {
                    await Task.Delay(1000);
                    /* typed */
                }
            });
            """));
        Assert.Equal(["TL3002 Run"], await session.SquiggledAsync(Publisher));

        session.Replace(Publisher, "/* typed */", "order.");
        Assert.Equal(["TL3002 Run"], await session.SquiggledAsync(Publisher));
    }

    [Theory]
    [InlineData("#warning Slow")]
    [InlineData("/// A comment that documents <nothing>.")]
    [InlineData("#pragma warning disable nonsense:")]
    public async Task Warning_OfTheParser_HidesNothing(string line)
    {
        using var session = OrderFlow.Open(OrderFlow.Publisher($"\n{line}\n{OrderFlow.Publish}"));
        Assert.Equal(["TL1001 Produce"], await session.SquiggledAsync(Publisher));
    }

    [Trait("Tier", "Full")]
    [Fact]
    public async Task HelperThatIsTyped_CarriesTheContextWhenItIsComplete()
    {
        const string Inject = """
            Propagators.DefaultTextMapPropagator.Inject(
                default, headers, static (carrier, key, value) => carrier.Add(key, Encoding.UTF8.GetBytes(value)));
            """;
        using var session = OrderFlow.Open(OrderFlow.Publisher(OrderFlow.PublishWithHelper), (OrderFlow.HelperFile, OrderFlow.NotInjecting));
        foreach (var typed in session.Type(OrderFlow.HelperFile, session.PositionOf(OrderFlow.HelperFile, "return headers;"), Inject))
        {
            var squiggles = await session.SquiggledAsync(Publisher);
            Assert.True(squiggles.Count == 0 || typed != Inject, $"Still reported after: {typed}");
        }
    }

    /// <summary>Whole classes, letter by letter.</summary>
    [Trait("Tier", "Full")]
    [Theory]
    [InlineData("OrderFlow.Messaging", "OrderPublisher.cs")]
    [InlineData("OrderFlow.Worker", "PaymentWorker.cs")]
    [InlineData("OrderFlow.Shipping", "LabelPrinter.cs")]
    public async Task File_ThatIsTyped_NeverThrowsAndReportsCompleteStatementsOnly(string project, string file)
    {
        var text = Verification.Repo.Text("tests", "Samples", "OrderFlow", project, file);
        using var session = OrderFlow.Open(("Typed.cs", ""));
        foreach (var typed in session.Type("Typed.cs", 0, text))
        {
            foreach (var squiggle in await session.SquigglesAsync("Typed.cs"))
            {
                var around = (await squiggle.Location.SourceTree!.GetRootAsync()).FindNode(squiggle.Location.SourceSpan)
                    .FirstAncestorOrSelf<SyntaxNode>(static node => node is StatementSyntax or MemberDeclarationSyntax);
                Assert.False(around is not BlockSyntax and { ContainsDiagnostics: true }, $"{squiggle} after: {typed}");
            }
        }
    }
}
