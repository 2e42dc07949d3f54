using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.CodeFixes;

public class TL2010_ReadFromRightPlaceTests
{
    private static Task Sqs(string statements, string @fixed, Setup? setup = null)
        => Verify<TL2010_ContextReadFromWrongPlace>.Fix<TL2010_ReadFromRightPlace>(Code(statements), Code(@fixed), setup ?? Setup.Aws);

    private static Task NoFix(string statements, Setup? setup = null)
        => Verify<TL2010_ContextReadFromWrongPlace>.NoFix<TL2010_ReadFromRightPlace>(Code(statements), setup ?? Setup.Aws);

    private static string Code(string statements) => ConsumerCode.SqsHandler(statements, """
        private static IEnumerable<string> Get(Dictionary<string, string> attributes, string key)
            => attributes.TryGetValue(key, out var value) ? new[] { value } : Array.Empty<string>();
        """);

    [Fact]
    public Task Condition() => Sqs(
        """
        if (message.[|Attributes|].TryGetValue("traceparent", out var parent) && parent.Length > 0)
        {
            Console.WriteLine(parent);
        }
        """,
        """
        if (message.MessageAttributes?.TryGetValue("traceparent", out var parent) == true
            && parent.StringValue.Length > 0)
        {
            Console.WriteLine(parent.StringValue);
        }
        """);

    [Fact]
    public Task OldVersion_HasAlwaysAttributes() => Sqs(
        """
        if (message.[|Attributes|].TryGetValue("traceparent", out string? parent))
        {
            Console.WriteLine(parent);
        }

        var state = message.[|Attributes|].ContainsKey("tracestate") ? message.[|Attributes|]["tracestate"] : null;
        """,
        """
        if (message.MessageAttributes.TryGetValue("traceparent", out var parent))
        {
            Console.WriteLine(parent.StringValue);
        }

        var state = message.MessageAttributes.ContainsKey("tracestate")
            ? message.MessageAttributes["tracestate"].StringValue
            : null;
        """,
        Setup.Sqs3);

    [Fact]
    public Task OldVersion_TheLookupMayFail() => Sqs(
        """
        message.[|Attributes|].TryGetValue("traceparent", out var parent);
        ActivityContext.TryParse(parent, null, out var context);
        """,
        """
        message.MessageAttributes.TryGetValue("traceparent", out var parent);
        ActivityContext.TryParse(parent?.StringValue, null, out var context);
        """,
        Setup.Sqs3);

    [Fact]
    public Task TestForNull() => Sqs(
        """
        if (message.Attributes != null && message.[|Attributes|].TryGetValue("traceparent", out var parent))
        {
            message.[|Attributes|].TryGetValue("tracestate", out var state);
            Console.WriteLine(parent + state);
        }
        """,
        """
        if (message.MessageAttributes != null && message.MessageAttributes.TryGetValue("traceparent", out var parent))
        {
            message.MessageAttributes.TryGetValue("tracestate", out var state);
            Console.WriteLine(parent.StringValue + state?.StringValue);
        }
        """);

    [Fact]
    public Task AccessThatAsksForNull() => Sqs(
        """
        var parent = message.[|Attributes|]?.TryGetValue("traceparent", out var value) == true ? value : null;
        """,
        """
        var parent = message.MessageAttributes?.TryGetValue("traceparent", out var value) == true
            ? value.StringValue
            : null;
        """);

    [Fact]
    public Task Negation() => Sqs(
        """
        if (!message.[|Attributes|].ContainsKey("traceparent"))
        {
            return;
        }

        Console.WriteLine(message.[|Attributes|]["traceparent"]);
        """,
        """
        if (message.MessageAttributes?.ContainsKey("traceparent") != true)
        {
            return;
        }

        Console.WriteLine(message.MessageAttributes["traceparent"].StringValue);
        """);

    [Fact]
    public Task ValueOrDefault() => Sqs(
        """
        var parent = message.[|Attributes|].GetValueOrDefault("traceparent");
        var state = message.[|Attributes|]?.GetValueOrDefault("tracestate");
        """,
        """
        var parent = message.MessageAttributes?.GetValueOrDefault("traceparent")?.StringValue;
        var state = message.MessageAttributes?.GetValueOrDefault("tracestate")?.StringValue;
        """);

    [Fact]
    public Task Lambda() => Verify<TL2010_ContextReadFromWrongPlace>.Fix<TL2010_ReadFromRightPlace>(
        ConsumerCode.Lambda("""
            public string? Parent(SQSEvent.SQSMessage record)
                => record.[|Attributes|].TryGetValue("traceparent", out var parent) ? parent : null;
            """),
        ConsumerCode.Lambda("""
            public string? Parent(SQSEvent.SQSMessage record)
                => record.MessageAttributes.TryGetValue("traceparent", out var parent) ? parent.StringValue : null;
            """),
        TL2002_SqsSpanWithoutContextTests.Lambda);

    [Fact]
    public Task Getter() => Sqs(
        """
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default, message.[|Attributes|], (attributes, key) => attributes.TryGetValue(key, out var value) ? new[] { value } : Array.Empty<string>());
        """,
        """
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default, message.MessageAttributes, (attributes, key) => attributes.TryGetValue(key, out var value)
                ? new[] { value.StringValue }
                : Array.Empty<string>());
        """);

    [Fact]
    public Task GetterOfStrings_IsChangedByHand()
        => NoFix("var parent = Propagators.DefaultTextMapPropagator.Extract(default, message.[|Attributes|], Get);");

    [Fact]
    public Task Local_IsChangedByHand() => NoFix("""
        var attributes = message.Attributes;
        [|attributes|].TryGetValue("traceparent", out var parent);
        """);

    [Fact]
    public Task TestForNullElsewhere_IsChangedByHand() => NoFix("""
        if (message.Attributes is null)
        {
            return;
        }

        if (message.[|Attributes|].TryGetValue("traceparent", out var parent))
        {
            Console.WriteLine(parent);
        }
        """);

    [Fact]
    public Task LookupThatIsAStatement_IsChangedByHand() => NoFix("message.[|Attributes|].TryGetValue(\"traceparent\", out var parent);");

    [Fact]
    public Task VariableOfTheCode_IsChangedByHand() => NoFix("""
        string? parent;
        if (message.[|Attributes|].TryGetValue("traceparent", out parent))
        {
            Console.WriteLine(parent);
        }
        """);

    [Fact]
    public Task OldLanguage() => Sqs(
        """
        if (message.[|Attributes|].TryGetValue("traceparent", out var parent))
        {
            Console.WriteLine(parent);
        }
        """,
        """
        if (message.MessageAttributes?.TryGetValue("traceparent", out var parent) == true)
        {
            Console.WriteLine(parent.StringValue);
        }
        """,
        Setup.Aws with { Language = LanguageVersion.CSharp9 });

    [Fact]
    public Task XRayHeader_IsChangedByHand() => NoFix("message.[|MessageAttributes|].TryGetValue(\"AWSTraceHeader\", out var header);");

    [Fact]
    public Task Spelling() => Verify<TL2010_ContextReadFromWrongPlace>.Fix<TL2010_ReadFromRightPlace>(
        Kafka("""
            if (result.Message.Headers.TryGetLastBytes([|"TraceParent"|], out var parent))
            {
                result.Message.Headers.TryGetLastBytes([|"TraceParent"|], out parent);
            }

            var state = result.Message.Headers.FirstOrDefault(header => header.Key == [|"TRACESTATE"|]);
            """),
        Kafka("""
            if (result.Message.Headers.TryGetLastBytes("traceparent", out var parent))
            {
                result.Message.Headers.TryGetLastBytes("traceparent", out parent);
            }

            var state = result.Message.Headers.FirstOrDefault(header => header.Key == "tracestate");
            """));

    [Fact]
    public Task SpellingOfAConstant_IsChangedByHand() => Verify<TL2010_ContextReadFromWrongPlace>.NoFix<TL2010_ReadFromRightPlace>(
        Kafka("result.Message.Headers.TryGetLastBytes([|ParentHeader|], out var parent);"));

    private static string Kafka(string statements) => ConsumerCode.Kafka("await Task.Yield();", $$"""
        private const string ParentHeader = "Traceparent";

        public void Process(ConsumeResult<string, string> result)
        {
        {{KafkaCode.Indent(statements, 1)}}
        }
        """);
}
