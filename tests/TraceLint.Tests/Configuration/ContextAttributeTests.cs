using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Configuration;

/// <summary>Attributes with which code says itself what it does, recognised by their names.</summary>
public class ContextAttributeTests
{
    private const string Attributes = """

        [AttributeUsage(AttributeTargets.All)] private class InjectsTraceContextAttribute : Attribute;
        [AttributeUsage(AttributeTargets.All)] private class ExtractsTraceContextAttribute : Attribute;
        [AttributeUsage(AttributeTargets.All)] private class TraceBoundaryAttribute : Attribute;
        """;

    private static Task Verify(string source) => Verify<TL1001_KafkaPublishWithoutContext>.Rule(source);

    private static Task VerifySpan(string source) => Verify<TL2001_KafkaSpanWithoutContext>.Rule(source);

    [Theory]
    [InlineData("[InjectsTraceContext] private static void Stamp(Headers headers) { }")]
    [InlineData("private static void Stamp([InjectsTraceContext] Headers headers) { }")]
    [InlineData("private static void Stamp(Headers headers) => Tracing.Stamp(headers); [InjectsTraceContext] private static class Tracing { public static void Stamp(Headers headers) { } }")]
    public Task MethodThatInjects_IsTakenOnTrust(string helper) => Verify(Method(
        """
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Stamp(message.Headers);
        producer.Produce("orders", message);
        """,
        helper + Attributes));

    [Fact]
    public Task AssemblyThatInjects_IsTakenOnTrust() => Verify(
        Method(
            """
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            Stamp(message.Headers);
            producer.Produce("orders", message);
            """,
            "private static void Stamp(Headers headers) { }").Replace("public record Order", "[assembly: InjectsTraceContext]\npublic class InjectsTraceContextAttribute : Attribute;\npublic record Order", StringComparison.Ordinal));

    [Theory]
    [InlineData("[TraceBoundary] private static void Send(IProducer<string, string> producer) => PRODUCE")]
    [InlineData("[TraceBoundary] private class Nightly { void Send(IProducer<string, string> producer) { Task.Run(() => { PRODUCE }); } }")]
    [InlineData("[TraceBoundary] private int Sent { get { IProducer<string, string> producer = null!; PRODUCE return 1; } }")]
    [InlineData("private void Send(IProducer<string, string> producer) => Audit(producer, new Message<string, string> { Value = \"\" }); [TraceBoundary] private static void Audit(IProducer<string, string> producer, Message<string, string> message) => producer.Produce(\"t\", message);")]
    [InlineData("private void Send(IProducer<string, string> producer) => Audit(producer, new Message<string, string> { Value = \"\" }); private static void Audit(IProducer<string, string> producer, [TraceBoundary] Message<string, string> message) => producer.Produce(\"t\", message);")]
    public Task Boundary_IsSilent(string member) => Verify(Method("", member.Replace("PRODUCE", """producer.Produce("t", new Message<string, string> { Value = "" });""", StringComparison.Ordinal) + Attributes));

    [Theory]
    [InlineData("[ExtractsTraceContext] private static void Adopt(Headers headers) { }")]
    [InlineData("private static void Adopt([ExtractsTraceContext] Headers headers) { }")]
    [InlineData("private static void Adopt(Headers headers) => Tracing.Adopt(headers); [ExtractsTraceContext] private static class Tracing { public static void Adopt(Headers headers) { } }")]
    public Task MethodThatExtracts_IsTakenOnTrust(string helper) => VerifySpan(Adopting("StartActivity", helper + Attributes));

    [Theory]
    [InlineData("private static void Adopt(Headers headers) { }")]
    [InlineData("[InjectsTraceContext] private static void Adopt(Headers headers) { }")]
    [InlineData("[ExtractsTraceContext] private static void Other(Headers headers) { } private static void Adopt(Headers headers) { }")]
    public Task MethodThatDoesNotExtract_IsFollowed(string helper) => VerifySpan(Adopting("[|StartActivity|]", helper + Attributes));

    [Fact]
    public Task AssemblyThatExtracts_IsTakenOnTrust() => VerifySpan(Adopting("StartActivity", "private static void Adopt(Headers headers) { }").Replace(
        "public record Order", "[assembly: ExtractsTraceContext]\npublic class ExtractsTraceContextAttribute : Attribute;\npublic record Order", StringComparison.Ordinal));

    [Theory]
    [InlineData("[ExtractsTraceContext] private static void Stamp(Headers headers) { }")]
    [InlineData("private static void Stamp(Headers headers) { } [InjectsTraceContext] private static void Stamp(string name) { }")]
    public Task MethodThatDoesNotInject_IsFollowed(string helper) => Verify(Method(
        """
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Stamp(message.Headers);
        producer.[|Produce|]("orders", message);
        """,
        helper + Attributes));

    [Fact]
    public Task AssemblyThatIsABoundary_IsSilent() => Verify(
        Method("""producer.Produce("orders", new Message<string, string> { Value = order.Id });""").Replace(
            "public record Order", "[assembly: TraceBoundary]\npublic class TraceBoundaryAttribute : Attribute;\npublic record Order", StringComparison.Ordinal));

    private static string Adopting(string startActivity, string members) => ConsumerCode.Kafka($"""
        var result = consumer.Consume(cancellation);
        Adopt(result.Message.Headers);
        using var activity = source.{startActivity}("process", ActivityKind.Consumer);
        handler.Handle(result.Message.Value);
        """, members);
}
