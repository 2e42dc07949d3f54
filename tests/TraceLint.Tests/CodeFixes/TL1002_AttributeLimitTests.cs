using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.AwsCode;

namespace TraceLint.Tests.CodeFixes;

/// <summary>SQS refuses a message with more than ten attributes; a context may need three.</summary>
public class TL1002_AttributeLimitTests
{
    private const string Plain = """static (attributes, key, value) => attributes[key] = new() { DataType = "String", StringValue = value });""";

    private const string Tight = """
        static (attributes, key, value) =>
        {
            if (attributes.Count < 10 || attributes.ContainsKey(key))
            {
                attributes[key] = new() { DataType = "String", StringValue = value };
            }
        });
        """;

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(9, true)]
    public Task WhatFitsIsInjected(int count, bool isTight) => Fix(
        $"var request = new SendMessageRequest(url, order.Id) {{ MessageAttributes = new Dictionary<string, MessageAttributeValue> {{ {Entries(count)} }} }};", isTight);

    [Theory]
    [InlineData("var all = new Dictionary<string, MessageAttributeValue> { ENTRIES }; var request = new SendMessageRequest(url, order.Id) { MessageAttributes = all };")]
    [InlineData("var request = new SendMessageRequest(url, order.Id) { MessageAttributes = new() { ENTRIES } };")]
    [InlineData("var request = new SendMessageRequest(url, order.Id) { MessageAttributes = new() }; WRITES")]
    public Task TheyAreCounted_HoweverTheyAreSet(string statements) => Fix(
        statements.Replace("ENTRIES", Entries(8), StringComparison.Ordinal).Replace("WRITES", Writes(8), StringComparison.Ordinal), isTight: true);

    [Theory]
    [InlineData("var other = new SendMessageRequest(url, order.Id) { MessageAttributes = new() { ENTRIES } }; var request = new SendMessageRequest(url, order.Id) { MessageAttributes = new() };")]
    [InlineData("var request = new SendMessageRequest(url, order.Id) { MessageAttributes = new() }; if (flag) { WRITES }")]
    [InlineData("var request = new SendMessageRequest(url, order.Id) { MessageAttributes = new() }; try { order.ToString(); } catch (FormatException) { WRITES }")]
    public Task OthersAreNotCounted(string statements) => Fix(
        statements.Replace("ENTRIES", Entries(8), StringComparison.Ordinal).Replace("WRITES", Writes(8), StringComparison.Ordinal), isTight: false);

    [Fact]
    public async Task NoRoomAtAll_IsSaid_AndNoFixIsOffered()
    {
        var statement = $"await sqs.[|SendMessageAsync|](new SendMessageRequest(url, order.Id) {{ MessageAttributes = new() {{ {Entries(10)} }} }});";
        await Verify<TL1002_SqsPublishWithoutContext>.NoFix<TL1002_InjectIntoMessageAttributes>(Traced(statement), Setup.Aws);
        var diagnostic = Assert.Single(await Analysis.RunAsync(Traced(statement.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal))));
        Assert.Equal(
            "SendMessageAsync sends a message without trace context (the maximum number of message attributes is in use); free one for the context", diagnostic.GetMessage(null));
    }

    private static Task Fix(string statements, bool isTight) => Verify<TL1002_SqsPublishWithoutContext>.Fix<TL1002_InjectIntoMessageAttributes>(
        Traced($"{statements}\nawait sqs.[|SendMessageAsync|](request);"),
        Traced($$"""
            {{statements}}
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                request.MessageAttributes,
                {{(isTight ? Tight.ReplaceLineEndings("\n    ") : Plain)}}
            await sqs.SendMessageAsync(request);
            """),
        Setup.Aws);

    private static string Entries(int count) => string.Join(", ", Enumerable.Range(0, count).Select(static number => $"[\"a{number}\"] = new() {{ DataType = \"String\", StringValue = \"x\" }}"));

    private static string Writes(int count) => string.Join(" ", Enumerable.Range(0, count).Select(static number => $"request.MessageAttributes[\"a{number}\"] = new() {{ DataType = \"String\", StringValue = \"x\" }};"));
}
