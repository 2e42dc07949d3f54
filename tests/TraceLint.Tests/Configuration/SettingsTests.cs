using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Configuration;

/// <summary>What a user says decides, wherever it is said.</summary>
public class SettingsTests
{
    private const string Publish = """producer.Produce("orders", new Message<string, string> { Value = order.Id });""";
    private const string Reported = """producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id });""";

    private static Task Verify(string source, string config = "", string declarations = "")
        => Verify<TL1001_KafkaPublishWithoutContext>.Rule(source, Setup.OpenTelemetry with { Config = config, Declarations = declarations });

    [Theory]
    [InlineData("tracelint.instrumented_transports = kafka", "")]
    [InlineData("tracelint.TL1001.instrumented_transports = sqs, kafka", "")]
    [InlineData("tracelint.tl1001.instrumented_transports = all", "")]
    [InlineData("", "instrumented_transport kafka")]
    public Task InstrumentedTransport_IsSilent(string config, string declarations) => Verify(Method(Publish), config, declarations);

    [Theory]
    [InlineData("tracelint.instrumented_transports = sqs", "")]
    [InlineData("tracelint.TL1002.instrumented_transports = kafka", "")]
    [InlineData("tracelint.instrumented_transports = kafka\ntracelint.TL1001.instrumented_transports = sqs", "")]
    [InlineData("tracelint.instrumented_transports = nonsense", "")]
    [InlineData("", "instrumented_transport nats")]
    public Task OtherTransport_IsNot(string config, string declarations) => Verify(Method(Reported), config, declarations);

    [Fact]
    public Task FolderWithAnAgent_IsSilent() => Verify<TL1001_KafkaPublishWithoutContext>.Rule(
        Method(Reported),
        Setup.OpenTelemetry with
        {
            EditorConfig = "[*.cs]\ntracelint.instrumented_transports = sqs\n[Legacy.cs]\ntracelint.instrumented_transports = kafka",
            MoreFiles = [("/Legacy.cs", """
                using Confluent.Kafka;
                public class Legacy { public void Send(IProducer<string, string> producer) => producer.Produce("orders", new Message<string, string> { Value = "" }); }
                """)],
        });

    [Theory]
    [InlineData("tracelint.inject_methods = M:Sample.Stamp", "")]
    [InlineData("tracelint.inject_methods = M:Sample.Stamp(Confluent.Kafka.Headers)", "")]
    [InlineData("tracelint.inject_methods = M:Sample.St*", "")]
    [InlineData("tracelint.inject_methods = M:Nobody.Calls|T:Sample", "")]
    [InlineData("", "inject M:Sample.Stamp")]
    [InlineData("", "inject M:Sample.Stamp carrier=headers")]
    [InlineData("", "inject T:Sample # all of it")]
    public Task InjectMethod_IsTakenOnTrust(string config, string declarations) => Verify(Stamped("Produce"), config, declarations);

    [Theory]
    [InlineData("", "")]
    [InlineData("tracelint.inject_methods = M:Sample.Stamp(System.String)", "")]
    [InlineData("tracelint.inject_methods = M:Sample.Sta", "")]
    [InlineData("tracelint.inject_methods = T:Sampler", "")]
    [InlineData("", "extract M:Sample.Stamp")]
    [InlineData("", "inject M:Other.Stamp")]
    public Task OtherMethod_IsFollowed(string config, string declarations) => Verify(Stamped("[|Produce|]"), config, declarations);

    private static string Stamped(string produce) => Method(
        $$"""
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Stamp(message.Headers);
        producer.{{produce}}("orders", message);
        """,
        "private static void Stamp(Headers headers) { }");

    [Theory]
    [InlineData("tracelint.test_code = true")]
    [InlineData("tracelint.TL1001.test_code = true")]
    [InlineData("tracelint.test_code = false\ntracelint.TL1001.test_code = true")]
    public Task TestCode_IsAnalyzedWhenWanted(string config)
        => Verify<TL1001_KafkaPublishWithoutContext>.Rule(Method(Reported), InTests with { Config = config });

    [Theory]
    [InlineData("tracelint.test_code = false")]
    [InlineData("tracelint.TL1002.test_code = true")]
    [InlineData("tracelint.test_code = true\ntracelint.TL1001.test_code = false")]
    public Task TestCode_IsSilentOtherwise(string config)
        => Verify<TL1001_KafkaPublishWithoutContext>.Rule(Method(Publish), InTests with { Config = config });

    private static Setup InTests => Setup.OpenTelemetry with { References = References.KafkaAndOpenTelemetry.Add(References.Named("xunit.core")) };

    [Fact]
    public Task Dialect_IsTheOneThatIsWanted() => Verify<TL1001_KafkaPublishWithoutContext>.Fix<TL1001_InjectIntoKafkaMessage>(
        Method("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            producer.[|Produce|]("orders", message);
            """),
        Method("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
            {
                message.Headers.Remove(key);
                message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
            });
            producer.Produce("orders", message);
            """),
        Setup.OpenTelemetry with { Config = "tracelint.fix_dialect = system_diagnostics" });

    [Theory]
    [InlineData("tracelint.span_start_methods = M:Sample.Begin", "")]
    [InlineData("", "span_start M:Sample.Begin")]
    public Task DeclaredSpan_IsInjectedWhereElseTheReceivedContextIsCarriedOn(string config, string declarations)
    {
        const string statements = """
            ConsumeResult<string, string> result = null!;
            Begin();
            var message = new Message<string, string> { Value = result.Message.Value, Headers = new Headers() };
            """;
        const string members = "private static void Begin() { }";
        return Verify<TL1001_KafkaPublishWithoutContext>.Fix<TL1001_InjectIntoKafkaMessage>(
            Method($"""
                {statements}
                producer.[|Produce|]("orders", message);
                """, members),
            Method($$"""
                {{statements}}
                DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                {
                    message.Headers.Remove(key);
                    message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                producer.Produce("orders", message);
                """, members),
            Setup.SystemDiagnostics with { Config = config, Declarations = declarations });
    }

    [Fact]
    public Task DeclaredHelperOfALibrary_IsCalled() => Verify<TL1001_KafkaPublishWithoutContext>.Fix<TL1001_InjectIntoKafkaMessage>(
        Method("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            producer.[|Produce|]("orders", message);
            """, usings: "using Acme.Tracing;"),
        Method("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            message.Headers.WriteTrace();
            producer.Produce("orders", message);
            """, usings: "using Acme.Tracing;"),
        Setup.OpenTelemetry with { References = References.KafkaAndOpenTelemetry.Add(BusCode.SharedLibrary), Declarations = "inject M:Acme.Tracing.KafkaTracing.WriteTrace" });
}
