using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.CodeFixes;

/// <summary>
/// A forward that may be called inside a span or outside of one injects the current context where there is one, else that of the
/// received message. Inside a span, the current context is injected.
/// </summary>
public class TL1001_CarryOnTests
{
    private static Task Verify(string source, string @fixed, Setup? setup = null)
        => Verify<TL1001_KafkaPublishWithoutContext>.Fix<TL1001_InjectIntoKafkaMessage>(source, @fixed, setup);

    [Fact]
    public Task OpenTelemetry() => Verify(
        Traced("", """
            public Task Retry(IProducer<string, string> producer, ConsumeResult<string, string> result)
                => producer.[|ProduceAsync|]("retry", new Message<string, string> { Value = result.Message.Value });
            """),
        Traced("", """
            public Task Retry(IProducer<string, string> producer, ConsumeResult<string, string> result)
            {
                var message = new Message<string, string> { Value = result.Message.Value, Headers = new Headers() };
                Propagators.DefaultTextMapPropagator.Inject(
                    Activity.Current != null
                        ? new PropagationContext(Activity.Current.Context, Baggage.Current)
                        : Propagators.DefaultTextMapPropagator.Extract(
                            default,
                            result.Message.Headers,
                            static (headers, key) => headers.TryGetLastBytes(key, out var value) && value != null
                                ? new[] { Encoding.UTF8.GetString(value) }
                                : Array.Empty<string>()),
                    message.Headers,
                    static (headers, key, value) =>
                    {
                        headers.Remove(key);
                        headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                return producer.ProduceAsync("retry", message);
            }
            """));

    [Fact]
    public Task SystemDiagnostics() => Verify(
        Method("", """
            public void Retry(IProducer<string, string> producer, ConsumeResult<string, string> result)
            {
                var dead = new Message<string, string> { Value = result.Message.Value, Headers = new Headers { { "error", [] } } };
                producer.[|Produce|]("dead", dead);
            }
            """),
        Method("", """
            public void Retry(IProducer<string, string> producer, ConsumeResult<string, string> result)
            {
                var dead = new Message<string, string> { Value = result.Message.Value, Headers = new Headers { { "error", [] } } };
                if (Activity.Current != null)
                {
                    DistributedContextPropagator.Current.Inject(Activity.Current, dead.Headers, (_, key, value) =>
                    {
                        dead.Headers.Remove(key);
                        dead.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                }
                else
                {
                    foreach (var field in DistributedContextPropagator.Current.Fields)
                    {
                        if (result.Message.Headers != null && result.Message.Headers.TryGetLastBytes(field, out var value))
                        {
                            dead.Headers.Remove(field);
                            dead.Headers.Add(field, value);
                        }
                    }
                }

                producer.Produce("dead", dead);
            }
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task InsideASpan_TheCurrentContextIsInjected() => Verify(
        Traced("", """
            public void Retry(IProducer<string, string> producer, ConsumeResult<string, string> result)
            {
                using var activity = source.StartActivity("process");
                producer.[|Produce|]("dead", new Message<string, string> { Value = result.Message.Value });
            }
            """),
        Traced("", """
            public void Retry(IProducer<string, string> producer, ConsumeResult<string, string> result)
            {
                using var activity = source.StartActivity("process");
                var message = new Message<string, string> { Value = result.Message.Value, Headers = new Headers() };
                Propagators.DefaultTextMapPropagator.Inject(
                    new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                    message.Headers,
                    static (headers, key, value) =>
                    {
                        headers.Remove(key);
                        headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                producer.Produce("dead", message);
            }
            """));

    [Fact]
    public Task MessageOfAHandler() => Verify(
        Method("", """
            public void Handle(IProducer<string, string> producer, Message<string, string> received)
            {
                var dead = new Message<string, string> { Value = received.Value, Headers = new Headers() };
                producer.[|Produce|]("dead", dead);
            }
            """),
        Method("", """
            public void Handle(IProducer<string, string> producer, Message<string, string> received)
            {
                var dead = new Message<string, string> { Value = received.Value, Headers = new Headers() };
                if (Activity.Current != null)
                {
                    DistributedContextPropagator.Current.Inject(Activity.Current, dead.Headers, (_, key, value) =>
                    {
                        dead.Headers.Remove(key);
                        dead.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                }
                else
                {
                    foreach (var field in DistributedContextPropagator.Current.Fields)
                    {
                        if (received.Headers != null && received.Headers.TryGetLastBytes(field, out var value))
                        {
                            dead.Headers.Remove(field);
                            dead.Headers.Add(field, value);
                        }
                    }
                }

                producer.Produce("dead", dead);
            }
            """),
        Setup.SystemDiagnostics);

    // Its caller starts a span, which may be current or may have ended.
    [Fact]
    public Task HelperThatIsCalledInsideTheProcessSpan() => Verify(
        Traced("""
            var result = default(ConsumeResult<string, string>)!;
            using (source.StartActivity("process"))
            {
                DeadLetter(producer, result);
            }
            """, """
            private static void DeadLetter(IProducer<string, string> producer, ConsumeResult<string, string> result)
            {
                var dead = new Message<string, string> { Value = result.Message.Value, Headers = new Headers() };
                producer.[|Produce|]("dead", dead);
            }
            """),
        Traced("""
            var result = default(ConsumeResult<string, string>)!;
            using (source.StartActivity("process"))
            {
                DeadLetter(producer, result);
            }
            """, """
            private static void DeadLetter(IProducer<string, string> producer, ConsumeResult<string, string> result)
            {
                var dead = new Message<string, string> { Value = result.Message.Value, Headers = new Headers() };
                Propagators.DefaultTextMapPropagator.Inject(
                    Activity.Current != null
                        ? new PropagationContext(Activity.Current.Context, Baggage.Current)
                        : Propagators.DefaultTextMapPropagator.Extract(
                            default,
                            result.Message.Headers,
                            static (headers, key) => headers.TryGetLastBytes(key, out var value) && value != null
                                ? new[] { Encoding.UTF8.GetString(value) }
                                : Array.Empty<string>()),
                    dead.Headers,
                    static (headers, key, value) =>
                    {
                        headers.Remove(key);
                        headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                producer.Produce("dead", dead);
            }
            """));
}
