using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>Retries, dead letters and answers: what they are made from had a context, and the message says that it is lost.</summary>
public class TL1001_KafkaPublishWithoutContextForwardTests
{
    private const string Lost = "the context of 'result' is not forwarded";

    /// <summary>Publishes of something made from a received message, RESULT.</summary>
    public static TheoryData<string> Forwards =>
    [
        """producer.Produce("retry", new Message<string, string> { Key = result.Message.Key, Value = result.Message.Value });""",
        """producer.Produce("dead", new Message<string, string> { Value = result.Value, Headers = new Headers { { "error", [] } } });""",
        """var value = result.Message.Value; var text = $"{value}!"; producer.Produce("dead", new Message<string, string> { Value = text });""",
        """
        var order = JsonSerializer.Deserialize<Order>(result.Message.Value);
        var lines = order!.Lines;
        foreach (var line in lines) { producer.Produce("lines", new Message<string, string> { Value = line }); }
        """,
        """try { Console.WriteLine(); } catch (Exception e) { var dead = new Message<string, string> { Value = result.Message.Value, Headers = new() }; dead.Headers.Add("error", Encoding.UTF8.GetBytes(e.Message)); producer.Produce("dead", dead); }""",
    ];

    [Theory]
    [MemberData(nameof(Forwards))]
    public Task Forward_SaysWhatIsLost(string statements) => Verify(Lost, Handler(statements));

    [Theory]
    [MemberData(nameof(Forwards))]
    public async Task ForwardInsideASpan_IsAnOrdinaryPublish(string statements)
        => Assert.DoesNotContain(Lost, Assert.Single(await Analysis.RunAsync(Handler("using var activity = source.StartActivity(\"process\");\n" + statements))).GetMessage(null), StringComparison.Ordinal);

    [Fact]
    public async Task ForwardUnderTheSpanOfACaller_IsAnOrdinaryPublish()
        => Assert.DoesNotContain(Lost, Assert.Single(await Analysis.RunAsync(Handler(
            """producer.Produce("retry", new Message<string, string> { Value = result.Message.Value });""",
            "public void Run(IProducer<string, string> p, ConsumeResult<string, string> r) { using var span = source.StartActivity(\"process\"); Handle(p, r); }"))).GetMessage(null), StringComparison.Ordinal);

    [Fact]
    public async Task PublishOfSomethingElse_IsAnOrdinaryPublish()
        => Assert.DoesNotContain(Lost, Assert.Single(await Analysis.RunAsync(Handler(
            """producer.Produce("beats", new Message<string, string> { Value = "alive" });"""))).GetMessage(null), StringComparison.Ordinal);

    /// <summary>Forwards that carry the context on.</summary>
    public static TheoryData<string> Carried =>
    [
        """producer.Produce("retry", result.Message);""",
        """producer.Produce("retry", new Message<string, string> { Value = result.Message.Value, Headers = result.Message.Headers });""",
        """var headers = new Headers(); foreach (var header in result.Message.Headers) { headers.Add(header.Key, header.GetValueBytes()); } producer.Produce("retry", new Message<string, string> { Headers = headers });""",
        """var copy = new Message<string, string> { Headers = new() }; foreach (var header in result.Message.Headers.Where(h => h.Key != "error")) { copy.Headers.Add((Header)header); } producer.Produce("retry", copy);""",
        """var headers = new Headers(); if (result.Message.Headers.TryGetLastBytes("traceparent", out var bytes)) { headers.Add("traceparent", bytes); } producer.Produce("retry", new Message<string, string> { Headers = headers });""",
        """var m = result.Message; m.Headers.Remove("error"); m.Headers.Add("error", []); producer.Produce("retry", m);""",
    ];

    [Theory]
    [MemberData(nameof(Carried))]
    public async Task ForwardThatCarriesOn_IsSilent(string statements) => Assert.DoesNotContain(await Analysis.RunAsync(Handler(statements)), static diagnostic => diagnostic.Id == "TL1001");

    private static string Handler(string statements, string members = "") => Method("", $$"""
        public void Handle(IProducer<string, string> producer, ConsumeResult<string, string> result)
        {
        {{statements}}
        }

        {{members}}
        """);

    private static async Task Verify(string reason, string source)
        => Assert.Equal($"Produce publishes a message without trace context ({reason}); extract and inject that context", Assert.Single(await Analysis.RunAsync(source)).GetMessage(null));
}
