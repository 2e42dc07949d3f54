using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2001 says about each way to lose the context.</summary>
public class TL2001_KafkaSpanWithoutContextMessageTests
{
    private const string Start = "StartActivity starts a span for result, but without its context: ";

    [Fact]
    public Task NotGiven() => Verify("it has no parent and no link", """
        var result = consumer.Consume(cancellation);
        using var activity = source.StartActivity("process");
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task Empty() => Verify("the parent or link that it is given is always empty", """
        var result = consumer.Consume(cancellation);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, default(ActivityContext));
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task Ambient() => Verify("the parent that it is given is the current one", """
        var result = consumer.Consume(cancellation);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, Activity.Current?.Context ?? default);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task NotPassedOn() => Verify("context, which was extracted on line 32, is not passed to it", """
        var result = consumer.Consume(cancellation);
        ActivityContext.TryParse(result.Message.Key, null, isRemote: true, out var context);
        using var activity = source.StartActivity("process");
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task TooEarly() => Verify("it is older than the message, which is received on line 32; start it there, or link it there", """
        using var activity = source.StartActivity("process");
        var result = consumer.Consume(cancellation);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task TooEarly_PointsAtTheAssignment() => Verify("it is older than the message, which is received on line 33; start it there, or link it there", """
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
