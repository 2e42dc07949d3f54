using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2001 says about each way to lose the context.</summary>
public class TL2001_KafkaSpanWithoutContextMessageTests
{
    private const string Start = "StartActivity starts a span for 'result' ";

    [Fact]
    public Task NotGiven() => Verify("without its trace context; extract and pass it as the parent or a link", """
        var result = consumer.Consume(cancellation);
        using var activity = source.StartActivity("process");
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task Empty() => Verify("with a parent or link that is always empty; extract the context of the message and pass that", """
        var result = consumer.Consume(cancellation);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, default(ActivityContext));
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task Ambient() => Verify("with the current context as the parent; extract the context of the message and pass that", """
        var result = consumer.Consume(cancellation);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, Activity.Current?.Context ?? default);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task NotPassedOn() => Verify("without the context extracted into 'context' on line 32; pass that as the parent or a link", """
        var result = consumer.Consume(cancellation);
        ActivityContext.TryParse(result.Message.Key, null, isRemote: true, out var context);
        using var activity = source.StartActivity("process");
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task TooEarly() => Verify("before the message is received on line 32; start or link the span there", """
        using var activity = source.StartActivity("process");
        var result = consumer.Consume(cancellation);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task TooEarly_PointsAtTheAssignment() => Verify("before the message is received on line 33; start or link the span there", """
        using var activity = source.StartActivity("process");
        ConsumeResult<string, string> result;
        result = consumer.Consume(cancellation);
        handler.Handle(result.Message.Value);
        """);

    private static async Task Verify(string reason, string statements)
    {
        var tree = CSharpSyntaxTree.ParseText(ConsumerCode.Kafka(statements), path: "Code.cs");
        var diagnostics = await Analysis.RunAsync(Analysis.Compile([tree], References.KafkaAndOpenTelemetry));
        Assert.Equal(Start + reason, Assert.Single(diagnostics, static diagnostic => diagnostic.Id == "TL2001").GetMessage(null));
    }
}
