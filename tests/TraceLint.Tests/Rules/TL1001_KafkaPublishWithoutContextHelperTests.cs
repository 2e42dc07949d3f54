using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>
/// Helpers of the project, as twins: one that injects, one of the same signature that does not. The body decides, never
/// the name. And helpers that cannot be followed, about which nothing is said.
/// </summary>
public class TL1001_KafkaPublishWithoutContextHelperTests
{
    private const string Inject = "Propagators.DefaultTextMapPropagator.Inject(default, HEADERS, static (h, key, value) => h.Add(key, Encoding.UTF8.GetBytes(value)));";
    private const string Tag = """HEADERS.Add("tenant", []);""";

    /// <summary>How a message gets its headers with the help of a helper, whose body has WORK to do on them.</summary>
    public static TheoryData<string, string> Shapes => new()
    {
        {
            "var message = new Message<string, string> { Value = order.Id, Headers = Build() };",
            "private static Headers Build() { var headers = new Headers(); WORK(headers) return headers; }"
        },
        {
            "var message = new Message<string, string> { Value = order.Id, Headers = Choose(null) };",
            "private static Headers Choose(Headers? given) { var headers = given ?? new Headers(); WORK(headers) return headers; }"
        },
        {
            "var message = Build(order);",
            "private Message<string, string> Build(Order order) { var m = new Message<string, string> { Value = order.Id, Headers = new Headers() }; WORK(m.Headers) return m; }"
        },
        {
            "var message = await BuildAsync(order).ConfigureAwait(false);",
            "private async Task<Message<string, string>> BuildAsync(Order order) { await Task.Yield(); var m = new Message<string, string> { Headers = new() }; WORK(m.Headers) return m; }"
        },
        {
            "var message = new Message<string, string> { Headers = new Headers() }; Enrich(message.Headers);",
            "private static void Enrich(Headers headers) { WORK(headers) }"
        },
        {
            "var message = new Message<string, string>(); Enrich(message);",
            "private static void Enrich(Message<string, string> m) { m.Headers ??= new Headers(); WORK(m.Headers) }"
        },
        {
            "var message = Enrich(new Message<string, string>());",
            "private static Message<K, V> Enrich<K, V>(Message<K, V> m) { m.Headers = new Headers(); WORK(m.Headers) return m; }"
        },
        {
            "var headers = new Headers(); var message = new Message<string, string> { Headers = headers }; using var activity = Start(order.Id, headers);",
            """private static Activity? Start(string name, Headers headers) { var activity = source.StartActivity(name); activity?.SetTag("a", 1); WORK(headers) return activity; }"""
        },
        {
            "var message = new Message<string, string>(); Replace(ref message);",
            "private static void Replace(ref Message<string, string> m) { m = new Message<string, string> { Headers = new Headers() }; WORK(m.Headers) }"
        },
        {
            "TryBuild(order, out var message);",
            "private static bool TryBuild(Order order, out Message<string, string> m) { m = new Message<string, string> { Headers = new Headers() }; WORK(m.Headers) return true; }"
        },
        {
            "var message = new Message<string, string> { Headers = Outer(new Headers()) };",
            "private static Headers Outer(Headers headers) => Inner(headers, 3); private static Headers Inner(Headers headers, int times) { if (times < 0) { throw new Exception(); } WORK(headers) return headers; }"
        },
        {
            "var message = new Message<string, string> { Headers = new Headers() }; Local(message.Headers); void Local(Headers headers) { WORK(headers) }",
            ""
        },
        {
            "var message = new Message<string, string> { Headers = new Headers() }; new Stamp().Apply(message.Headers);",
            "private sealed class Stamp : StampBase; private abstract class StampBase { public void Apply(Headers headers) { WORK(headers) } }"
        },
        {
            "var message = new Message<string, string> { Headers = new Headers().Stamped() };",
            "} public static class Stamps { public static Headers Stamped(this Headers headers) { WORK(headers) return headers; }"
        },
        {
            "var message = new Message<string, string> { Headers = new Headers() }; stamp.Apply(message.Headers);",
            "private readonly IStamp stamp = null!; internal interface IStamp { void Apply(Headers headers); } private sealed class Stamp : IStamp { public void Apply(Headers headers) { WORK(headers) } }"
        },
        {
            "var message = new Message<string, string> { Headers = new Headers() }; stamp.Apply(message.Headers);",
            "private readonly IStamp<Order> stamp = null!; internal interface IStamp<T> { void Apply(Headers headers); } private sealed class Stamp : IStamp<Order> { void IStamp<Order>.Apply(Headers headers) { WORK(headers) } }"
        },
        {
            "var message = new Message<string, string> { Headers = new Headers() }; stamp.Apply(message.Headers);",
            "private readonly Base stamp = null!; private abstract class Base { public abstract void Apply(Headers headers); } private sealed class Derived : Base { public override void Apply(Headers headers) { WORK(headers) } }"
        },
        {
            "var message = new Message<string, string> { Headers = new Headers() }; stamp.Apply(message.Headers);",
            "private readonly Base stamp = null!; private class Base { public virtual void Apply(Headers headers) { WORK(headers) } } private sealed class Derived : Base { public override void Apply(Headers given) => base.Apply(given); }"
        },
        {
            "Message<string, string> message = new OrderMessage(order);",
            "private sealed class OrderMessage : Message<string, string> { public OrderMessage(Order order) { Value = order.Id; Headers = new Headers(); WORK(Headers) } }"
        },
        {
            "var message = new OrderMessage { Value = order.Id };",
            "private class TracedMessage : Message<string, string> { protected TracedMessage() { Headers = new Headers(); WORK(this.Headers) } } private sealed class OrderMessage : TracedMessage;"
        },
        {
            "var message = new OrderMessage(order);",
            "private class TracedMessage : Message<string, string> { protected TracedMessage(string id) { Value = id; Headers = new Headers(); WORK(Headers) } } private sealed class OrderMessage : TracedMessage { public OrderMessage(Order order) : base(order.Id) => Key = order.Id; }"
        },
        {
            "var message = new Message<string, string> { Headers = Fresh };",
            "private static Headers Fresh { get { var headers = new Headers(); WORK(headers) return headers; } }"
        },
        {
            "var message = new Message<string, string> { Headers = Fresh };",
            "private static Headers Fresh => Build(); private static Headers Build() { var headers = new Headers(); WORK(headers) return headers; }"
        },
        {
            "var (message, topic) = (new Message<string, string> { Headers = new Headers() }, order.Id); WORK(message.Headers)",
            ""
        },
        {
            "var all = order.Lines.Select(line => { var m = new Message<string, string> { Headers = new() }; WORK(m.Headers) return m; }).ToList(); foreach (var message in all)",
            ""
        },
        {
            "Message<string, string>[] all = { new() { Headers = new Headers() } }; var message = all[0]; WORK(message.Headers)",
            ""
        },
        {
            "var all = new[] { new Message<string, string> { Headers = new Headers() } }; Array.ForEach(all, m => { WORK(m.Headers) }); foreach (var message in all)",
            ""
        },
        {
            "var headers = order.Lines.Length switch { 0 => new Headers(), 1 => Build(), _ => new Headers { { \"b\", [] } } }; WORK(headers) var message = new Message<string, string> { Headers = headers };",
            "private static Headers Build() => new();"
        },
        {
            "var message = flag ? Build() : null; message ??= Build(); WORK(message.Headers)",
            "private static Message<string, string> Build() => new() { Headers = new Headers() };"
        },
        {
            "var message = new Message<string, string>(); for (var i = 0; i < 3; i++) { message = Build(order); }",
            "private static Message<string, string> Build(Order order) { var m = new Message<string, string> { Value = order.Id ?? \"none\", Headers = new() }; WORK(m.Headers) return m; }"
        },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public Task HelperThatInjects_IsSilent(string statements, string helper) => Verify(statements, helper, Inject, reported: false);

    [Theory]
    [MemberData(nameof(Shapes))]
    public Task HelperThatDoesNot_IsReported(string statements, string helper) => Verify(statements, helper, Tag, reported: true);

    /// <summary>Helpers whose body is not certainly the one that runs, or that hand on what they were given.</summary>
    public static TheoryData<string, string> Opaque => new()
    {
        { "Enrich(message);", "protected virtual void Enrich(Message<string, string> m) { }" },
        { "stamp.Apply(message);", "private readonly IStamp stamp = null!; private interface IStamp { void Apply(Message<string, string> m); }" },
        { "stamp.Apply(message);", "private readonly IStamp stamp = null!; public interface IStamp { void Apply(Message<string, string> m); } private sealed class None : IStamp { public void Apply(Message<string, string> m) { } }" },
        { "stamp.Apply(message);", "private readonly Base stamp = null!; public class Base { public virtual void Apply(Message<string, string> m) { } }" },
        {
            "stamp.Apply(message);",
            """
            private readonly IStamp stamp = null!; private interface IStamp { void Apply(Message<string, string> m); }
            private sealed class None : IStamp { public void Apply(Message<string, string> m) { } }
            private sealed class Traced : IStamp { public void Apply(Message<string, string> m) => m.Headers = new Headers { { "traceparent", [] } }; }
            """
        },
        { "_ = new Stamped(message);", "private sealed class Stamped { public Stamped(Message<string, string> m) => m.Headers = new Headers { { \"traceparent\", [] } }; }" },
        { "Keep(message);", "private readonly List<KeyValuePair<Message<string, string>, int>> pairs = []; private void Keep(Message<string, string> m) => pairs.Add(new(m, 1));" },
        { "(message, _) = Swap(message);", "private extern static (Message<string, string>, int) Swap(Message<string, string> m);" },
        { "enrich(message);", "private readonly Action<Message<string, string>> enrich = null!;" },
        { "Enrich(message);", "private readonly Action<Message<string, string>> enrich = null!; private void Enrich(Message<string, string> m) => enrich(m);" },
        { "Enrich(message);", "private object? last; private void Enrich(Message<string, string> m) => last = m;" },
        { "Enrich(message);", "private static extern void Enrich(Message<string, string> m);" },
        { "foreach (var one in Enrich(message)) { }", "private static IEnumerable<int> Enrich(Message<string, string> m) { yield return 1; }" },
        { "Enrich(message);", """private static void Enrich(Message<string, string> m) { m.Headers = new Headers(); m.Headers.Add(Environment.NewLine, []); }""" },
        { "Enrich(message);", "private static void Enrich(object m) => System.Runtime.CompilerServices.Unsafe.As<object>(m).ToString();" },
        { "Console.WriteLine(enrich(message));", "private readonly Func<Message<string, string>, string> enrich = null!;" },
        { "Console.WriteLine(new Holder(message));", "private sealed class Holder(Message<string, string> message) { public Message<string, string> Message => message; }" },
        { "A(message);", "static void A(object m) => B(m); static void B(object m) => C(m); static void C(object m) => D(m); static void D(object m) => E(m); static void E(object m) => F(m); static void F(object m) => G(m); static void G(object m) => A(m);" },
    };

    [Theory]
    [MemberData(nameof(Opaque))]
    public Task HelperThatCannotBeFollowed_IsSilent(string statement, string helper) => Verify<TL1001_KafkaPublishWithoutContext>.Rule(Traced(
        $$"""
        var message = new Message<string, string>();
        {{statement}}
        producer.Produce("orders", message);
        """,
        helper));

    [Fact]
    public Task HelperThatReturnsWhatItWasGivenOrMakes_IsSilent() => Verify<TL1001_KafkaPublishWithoutContext>.Rule(Traced(
        """producer.Produce("orders", Build(last));""",
        """private Message<string, string>? last; private static Message<string, string> Build(Message<string, string>? given) => given ?? new Message<string, string>();"""));

    [Fact]
    public Task HelperThatDoesNotCompile_IsSilent() => Verify<TL1001_KafkaPublishWithoutContext>.Rule(
        Traced(
            """producer.Produce("orders", Build(order)); var message = flag ? Missing.Build() : new Message<string, string>(); producer.Produce("orders", message);""",
            """private static Message<string, string> Build(Order order) { if (order.Id == "") { return order.ToKafkaMessage(); } return new Message<string, string>(); }"""),
        Setup.OpenTelemetry with { Broken = true });

    [Fact]
    public Task ObjectsOfTwoCallsOfAHelper_AreTwo() => Verify<TL1001_KafkaPublishWithoutContext>.Rule(Traced(
        """
        var traced = Build();
        Propagators.DefaultTextMapPropagator.Inject(default, traced.Headers, (h, key, value) => h.Add(key, Encoding.UTF8.GetBytes(value)));
        var plain = Build();
        producer.Produce("orders", traced);
        producer.[|Produce|]("orders", plain);
        """,
        "private static Message<string, string> Build() => new() { Headers = new Headers() };"));

    [Fact]
    public Task HelperWithConditions_LeavesThoseOfItsCallerAlone() => Verify<TL1001_KafkaPublishWithoutContext>.Rule(Traced(
        """
        var (first, second) = (order.Id, order.Id);
        var a = new Message<string, string> { Value = first };
        var b = new Message<string, string> { Value = second };
        producer.[|Produce|](message: flag ? a : b, topic: Topic(a));
        """,
        """private static string Topic(Message<string, string> m) => (m.Key ?? "a") + (m.Value ?? "b") + (m.Key ?? "c") + (m.Value ?? "d");"""));

    [Fact]
    public Task HelperInAnotherFile_IsFollowed() => Verify<TL1001_KafkaPublishWithoutContext>.Rule(
        Traced("""producer.[|Produce|]("orders", Messages.Build(order.Id)); producer.[|Produce|]("orders", Messages.Late(order.Id)); producer.Produce("orders", Messages.Traced(order.Id));"""),
        Setup.OpenTelemetry with
        {
            MoreFiles =
            [
                ("Messages.cs", """
                    using Confluent.Kafka;

                    public static class Messages
                    {
                        public static Message<string, string> Build(string id) => new() { Value = id };

                        // Far behind the end of the file that calls it.
                        PADDING
                        public static Message<string, string> Late(string id) => new() { Value = id };

                        public static Message<string, string> Traced(string id)
                        {
                            var message = Build(id);
                            message.Headers = new Headers { { "traceparent", [] } };
                            return message;
                        }
                    }
                    """.Replace("PADDING", new string('\n', 5000), StringComparison.Ordinal)),
            ],
        });

    private static Task Verify(string statements, string helper, string work, bool reported)
    {
        var publish = reported ? """producer.[|Produce|]("orders", message);""" : """producer.Produce("orders", message);""";
        return Verify<TL1001_KafkaPublishWithoutContext>.Rule(Traced(Fill(statements) + "\n" + publish, Fill(helper)));

        string Fill(string code) => System.Text.RegularExpressions.Regex.Replace(code, @"WORK\(([\w.]+)\)", match => work.Replace("HEADERS", match.Groups[1].Value, StringComparison.Ordinal));
    }
}
