using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL1001_KafkaPublishWithoutContext>;

namespace TraceLint.Tests.Facts;

/// <summary>
/// A method that is declared to publish, and whose parameter is the message of a known library, needs no <c>carrier=</c>: its calls are
/// judged and fixed as publishes of that library. So is one of an interface, of which no fact can be certain.
/// </summary>
public class DeclaredWrapperTests
{
    private const string Bus = """
        private readonly IBus bus = null!;
        public interface IBus { void Post(string topic, Message<string, string> message); void Log(Message<string, string> message); }
        """;

    private static Setup With(string declarations) => Setup.OpenTelemetry with { Declarations = declarations };

    [Theory]
    [InlineData("publish M:Sample.IBus.Post")]
    [InlineData("publish M:Sample.IBus.Po*")]
    [InlineData("publish M:Sample.IBus.Post carrier=message")]
    public Task DeclaredMethod_IsReported(string declaration) => Verify.Rule(
        KafkaCode.Traced("""
            bus.[|Post|]("orders", new Message<string, string> { Value = order.Id });
            bus.Log(new Message<string, string> { Value = order.Id });
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, static (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
            bus.Post("orders", message);
            """, Bus),
        With(declaration));

    [Fact]
    public Task MethodNamedBySetting_IsReported() => Verify.Rule(
        KafkaCode.Traced("""bus.[|Post|]("orders", new Message<string, string> { Value = order.Id });""", Bus),
        Setup.OpenTelemetry with { Config = "tracelint.publish_methods = M:Sample.IBus.Post" });

    [Fact]
    public Task UndeclaredMethod_IsNot()
        => Verify.Rule(KafkaCode.Traced("""bus.Post("orders", new Message<string, string> { Value = order.Id });""", Bus));

    /// <summary>There is nothing wrong with such a declaration.</summary>
    [Fact]
    public Task Declaration_IsUnderstood() => Verify<TraceLint.Rules.TL9001_Misconfiguration>.Rule(
        KafkaCode.Traced("await Task.Yield();", Bus), With("publish M:Sample.IBus.Post"));

    [Fact]
    public Task DeclaredMethod_IsFixed() => Verify.Fix<TL1001_InjectIntoKafkaMessage>(
        KafkaCode.Traced("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            bus.[|Post|]("orders", message);
            """, Bus),
        KafkaCode.Traced("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                message.Headers,
                static (headers, key, value) =>
                {
                    headers.Remove(key);
                    headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
            bus.Post("orders", message);
            """, Bus),
        With("publish M:Sample.IBus.Post"));
}
