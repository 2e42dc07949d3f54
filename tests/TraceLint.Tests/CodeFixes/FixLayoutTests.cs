using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.CodeFixes;

/// <summary>What a fix writes looks like the file that it is written to. Kafka's fix stands for all, which go the same way.</summary>
public class FixLayoutTests
{
    private const string Inject = """
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            message.Headers,
            static (headers, key, value) =>
            {
                headers.Remove(key);
                headers.Add(key, Encoding.UTF8.GetBytes(value));
            });
        """;

    private const string Made = "var message = new Message<string, string> { Value = order.Id };";
    private const string Fill = "private static void Fill(Message<string, string> message) => message.Key = \"a\";";

    private static readonly string s_source = Traced("""
        var message = new Message<string, string> { Value = order.Id };
        await producer.[|ProduceAsync|]("orders", message);
        """);

    private static readonly string s_fixed = Traced($$"""
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        {{Inject}}
        await producer.ProduceAsync("orders", message);
        """);

    private static Task Verify(string source, string @fixed, Setup? setup = null)
        => Verify<TL1001_KafkaPublishWithoutContext>.Fix<TL1001_InjectIntoKafkaMessage>(source, @fixed, setup);

    private static string By(string code, string level)
        => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line =>
            string.Concat(Enumerable.Repeat(level, (line.Length - line.TrimStart().Length) / 4)) + line.TrimStart()));

    [Fact]
    public Task TabsAreKept() => Verify(FixText.WithTabs(s_source), FixText.WithTabs(s_fixed));

    [Fact]
    public Task TwoSpacesAreKept() => Verify(By(s_source, "  "), By(s_fixed, "  "));

    [Fact]
    public Task EditorConfigWins_OverWhatTheFileDoes() => Verify(
        s_source,
        s_fixed.Replace(Indent(Inject, 2), By(Indent(Inject, 2), "\t"), StringComparison.Ordinal)
            .Replace("        var message", "\t\tvar message", StringComparison.Ordinal)
            .Replace("        await producer", "\t\tawait producer", StringComparison.Ordinal),
        Setup.OpenTelemetry with { EditorConfig = "[*.cs]\nindent_style = tab\n" });

    [Fact]
    public Task StringOverSeveralLines_IsNotIndentedAnew() => Verify(
        TwoLines(Traced("""
            await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = @"one
                two" });
            """)),
        TwoLines(Traced($$"""
            var message = new Message<string, string> { Value = @"one
                two", Headers = new Headers() };
            {{Inject}}
            await producer.ProduceAsync("orders", message);
            """)));

    // The second line of the string keeps its spaces.
    private static string TwoLines(string code) => FixText.WithTabs(code).Replace("\t\t\ttwo", "            two", StringComparison.Ordinal);

    [Fact]
    public Task InitializerThatGetsTooLong_HasOneMemberALine() => Verify(
        Traced("""
            var message = new Message<string, string> { Key = order.Lines[0], Value = order.Id + order.Lines[1] };
            await producer.[|ProduceAsync|]("orders", message);
            """),
        Traced($$"""
            var message = new Message<string, string>
            {
                Key = order.Lines[0],
                Value = order.Id + order.Lines[1],
                Headers = new Headers()
            };
            {{Inject}}
            await producer.ProduceAsync("orders", message);
            """));

    [Fact]
    public Task CommentsOfTheInitializer_Stay() => Verify(
        Traced("""
            var message = new Message<string, string>
            {
                // Orders of a customer stay in order.
                Key = order.Id,

                // The whole of it.
                Value = order.Id // for now
            };
            await producer.[|ProduceAsync|]("orders", message);
            """),
        Traced($$"""
            var message = new Message<string, string>
            {
                // Orders of a customer stay in order.
                Key = order.Id,

                // The whole of it.
                Value = order.Id, // for now
                Headers = new Headers()
            };
            {{Inject}}
            await producer.ProduceAsync("orders", message);
            """));

    [Theory]
    [InlineData("new Message<string, string>()", "new Message<string, string> { Headers = new Headers() }")]
    [InlineData("new Message<string, string> { }", "new Message<string, string> { Headers = new Headers() }")]
    [InlineData("new Message<string, string> { Value = \"a\", }", "new Message<string, string> { Value = \"a\", Headers = new Headers(), }")]
    public Task MessageWithFewMembers(string made, string completed) => Verify(
        Traced($"var message = {made};\nmessage.Key = order.Id;\nawait producer.[|ProduceAsync|](\"orders\", message);"),
        Traced($"var message = {completed};\nmessage.Key = order.Id;\n{Inject}\nawait producer.ProduceAsync(\"orders\", message);"));

    [Theory]
    [InlineData("Fill(message);")]
    [InlineData("if (flag)\n{\n    message.Headers = null;\n}")]
    [InlineData("var other = message;")]
    public Task CarrierThatMayBeSetInBetween_IsMadeBeforeThePublish(string between) => Verify(
        Traced($"{Made}\n{between}\nawait producer.[|ProduceAsync|](\"orders\", message);", Fill),
        Traced($"{Made}\n{between}\nmessage.Headers ??= new Headers();\n{Inject}\nawait producer.ProduceAsync(\"orders\", message);", Fill));

    [Fact]
    public Task CarrierThatMayBeSetInTheNextRound_IsMadeBeforeThePublish() => Verify(
        Traced("""
            var message = new Message<string, string> { Value = order.Id };
            foreach (var line in order.Lines)
            {
                await producer.[|ProduceAsync|]("orders", message);
                message.Headers = null;
            }
            """),
        Traced($$"""
            var message = new Message<string, string> { Value = order.Id };
            foreach (var line in order.Lines)
            {
                message.Headers ??= new Headers();
            {{Indent(Inject, 1)}}
                await producer.ProduceAsync("orders", message);
                message.Headers = null;
            }
            """));
}
