using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>
/// The project's own methods that publish what they are handed: never reported themselves. The call that hands them a
/// message without context is, wherever it is.
/// </summary>
public class TL1001_KafkaPublishWithoutContextCallerTests
{
    private const string Inject = "Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, static (h, key, value) => h.Add(key, Encoding.UTF8.GetBytes(value)));";

    /// <summary>Wrappers, called WRAP with MESSAGE.</summary>
    public static TheoryData<string, string> Wrappers => new()
    {
        { "await WRAP(producer, MESSAGE);", "private static Task Publish(IProducer<string, string> p, Message<string, string> m) => p.ProduceAsync(\"orders\", m);" },
        { "WRAP(MESSAGE);", "private readonly IProducer<string, string> p = null!; public void Publish(Message<string, string> m, string topic = \"orders\") { Console.WriteLine(topic); p.Produce(topic, m); }" },
        { "await WRAP(m: MESSAGE, p: producer);", "private static async Task Publish(IProducer<string, string> p, Message<string, string> m) { try { await p.ProduceAsync(\"orders\", m); } finally { p.Flush(); } }" },
        { "producer.WRAP(MESSAGE);", "} internal static class Publishing { public static void Publish<K, V>(this IProducer<K, V> p, Message<K, V> m) => p.Produce(\"orders\", m);" },
        { "await WRAP(producer, MESSAGE);", "private static Task Publish(IProducer<string, string> p, Message<string, string> m) => Deeper(p, m); private static Task Deeper(IProducer<string, string> p, Message<string, string> m) => p.ProduceAsync(\"orders\", m);" },
        { "await WRAP(producer, MESSAGE);", "private static Task Publish(IProducer<string, string> p, Message<string, string> m) => Retry(() => p.ProduceAsync(\"orders\", m)); private static extern Task Retry(Func<Task> work);" },
        { "await bus.WRAP(MESSAGE);", "private readonly IBus bus = null!; internal interface IBus { Task Publish(Message<string, string> m); } private sealed class Bus(IProducer<string, string> p) : IBus { public Task Publish(Message<string, string> message) => p.ProduceAsync(\"orders\", message); }" },
        { "await bus.WRAP(MESSAGE);", "private readonly Bus bus = null!; internal abstract class Bus { public abstract Task Publish(Message<string, string> m); } private sealed class KafkaBus(IProducer<string, string> p) : Bus { public override Task Publish(Message<string, string> message) => p.ProduceAsync(\"orders\", message); }" },
        { "await WRAP(producer, MESSAGE.Headers);", "private static Task Publish(IProducer<string, string> p, Headers headers) => p.ProduceAsync(\"orders\", new Message<string, string> { Headers = headers });" },
        { "await WRAP(producer, new[] { MESSAGE });", "private static async Task Publish(IProducer<string, string> p, IReadOnlyList<Message<string, string>> all) { foreach (var one in all) { await p.ProduceAsync(\"orders\", one); } }" },
        { "Array.ForEach(order.Lines, line => WRAP(producer, MESSAGE));", "private static void Publish(IProducer<string, string> p, Message<string, string> m) => p.Produce(\"orders\", m);" },
    };

    [Theory]
    [MemberData(nameof(Wrappers))]
    public Task MessageMadeByTheCaller_IsReportedThere(string call, string wrapper) => Verify(
        "var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };", Fill(call, "[|Publish|]"), wrapper);

    [Theory]
    [MemberData(nameof(Wrappers))]
    public Task MessageInjectedByTheCaller_IsSilent(string call, string wrapper) => Verify(
        "var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };\n" + Inject, Fill(call, "Publish"), wrapper);

    [Theory]
    [MemberData(nameof(Wrappers))]
    public Task MessageThatTheCallerDoesNotKnowEither_IsSilent(string call, string wrapper) => Verify("var message = Library();", Fill(call, "Publish"), wrapper);

    [Fact]
    public Task WrapperInAnotherFile() => Verify<TL1001_KafkaPublishWithoutContext>.Rule(
        Traced("""await new Bus(producer).[|Send|]("orders", new Message<string, string> { Value = order.Id });"""),
        Setup.OpenTelemetry with
        {
            MoreFiles =
            [
                ("Bus.cs", """
                    using System.Threading.Tasks;
                    using Confluent.Kafka;

                    public class Bus(IProducer<string, string> producer)
                    {
                        public Task Send(string topic, Message<string, string> message) => producer.ProduceAsync(topic, message);
                    }
                    """),
            ],
        });

    [Fact]
    public Task WrapperThatInjects() => Verify("", """Publish(producer, new Message<string, string> { Value = order.Id });""", $$"""
        private static void Publish(IProducer<string, string> p, Message<string, string> message)
        {
            message.Headers ??= new Headers();
            {{Inject}}
            p.Produce("orders", message);
        }
        """);

    [Fact]
    public Task WrapperThatInjectsOnSomePaths() => Verify("", """Publish(producer, new Message<string, string> { Headers = new() }, flag);""", $$"""
        private static void Publish(IProducer<string, string> p, Message<string, string> message, bool traced)
        {
            if (traced)
            {
                {{Inject}}
            }

            p.Produce("orders", message);
        }
        """);

    [Fact]
    public Task WrapperThatPublishesTwice_OnceWithoutContext() => Verify("", """[|Publish|](producer, new Message<string, string> { Headers = new() });""", $$"""
        private static void Publish(IProducer<string, string> p, Message<string, string> message)
        {
            p.Produce("audit", message);
            {{Inject}}
            p.Produce("orders", message);
        }
        """);

    [Fact]
    public Task WrapperThatMakesTheMessageItself_IsReportedInIt() => Verify("", """Publish(producer, order.Id);""", """
        private static void Publish(IProducer<string, string> p, string id) => p.[|Produce|]("orders", new Message<string, string> { Value = id });
        """);

    [Fact]
    public Task HeadersThatAreOptional_AreReportedWhereTheyAreLeftOut() => Verify(
        "",
        """
        [|Publish|](producer, order.Id);
        Publish(producer, order.Id, new Headers { { "traceparent", [] } });
        """,
        """
        private static void Publish(IProducer<string, string> p, string id, Headers? headers = null)
            => p.Produce("orders", new Message<string, string> { Value = id, Headers = headers });
        """);

    [Fact]
    public Task RecursiveWrapper() => Verify("", """[|Publish|](producer, new Message<string, string>(), 3);""", """
        private static void Publish(IProducer<string, string> p, Message<string, string> message, int times)
        {
            p.Produce("orders", message);
            if (times > 0)
            {
                Publish(p, message, times - 1);
            }
        }
        """);

    [Fact]
    public Task InterfaceThatOthersMayImplement_IsSilent() => Verify(
        "", "await bus.Publish(new Message<string, string>());", """
        private readonly IBus bus = null!;
        public interface IBus { Task Publish(Message<string, string> m); }
        private sealed class Bus(IProducer<string, string> p) : IBus { public Task Publish(Message<string, string> message) => p.ProduceAsync("orders", message); }
        """);

    [Fact]
    public Task TracingDecoratorOfTheInterface_IsSilent() => Verify(
        "", "await bus.Publish(new Message<string, string>());", """
        private readonly IBus bus = null!;
        internal interface IBus { Task Publish(Message<string, string> m); }
        private sealed class Bus(IProducer<string, string> p) : IBus { public Task Publish(Message<string, string> message) => p.ProduceAsync("orders", message); }
        private sealed class TracingBus(IBus inner) : IBus
        {
            public Task Publish(Message<string, string> message)
            {
                message.Headers = new Headers { { "traceparent", [] } };
                return inner.Publish(message);
            }
        }
        """);

    [Fact]
    public Task MethodOfTheSameNameThatIsNoWrapper_IsSilent() => Verify(
        "", "Publish(new Message<string, string>()); new Other().Publish(new Message<string, string>());", """
        private static void Publish(Message<string, string> m) { }
        private class Other { public void Publish(object m) { } }
        private class Third(IProducer<string, string> p) { public void Publish(Message<string, string> m) => p.Produce("orders", m); }
        """);

    [Fact]
    public Task LocalFunctionThatPublishes_IsReportedInIt() => Verify(
        "",
        """
        Publish(new Message<string, string> { Value = order.Id });
        void Publish(Message<string, string> m) => producer.[|Produce|]("orders", m);
        """,
        "");

    [Fact]
    public Task LocalFunctionThatPublishesWhatIsInjected_IsSilent() => Verify(
        "",
        $$"""
        var message = new Message<string, string> { Headers = new() };
        {{Inject}}
        Publish(message);
        void Publish(Message<string, string> m) => producer.Produce("orders", m);
        """,
        "");

    [Fact]
    public Task OldLanguage() => Verify<TL1001_KafkaPublishWithoutContext>.Rule(
        """
        using Confluent.Kafka;

        public class Sample
        {
            public void Send(IProducer<string, string> producer) { [|Publish|](producer, new Message<string, string>()); }
            private static void Publish(IProducer<string, string> p, Message<string, string> m) { p.Produce("orders", m); }
        }
        """,
        Setup.OpenTelemetry with { Language = LanguageVersion.CSharp7_3, Nullable = false });

    private static string Fill(string call, string wrapper)
        => call.Replace("WRAP", wrapper, StringComparison.Ordinal).Replace("MESSAGE", "message", StringComparison.Ordinal);

    private static Task Verify(string before, string call, string members)
        => Verify<TL1001_KafkaPublishWithoutContext>.Rule(Traced(before + "\n" + call, "private static extern Message<string, string> Library();\n" + members));
}
