using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.CodeFixes;

/// <summary>A publish in an arm of <c>?:</c>, <c>??</c> or a switch expression: the statement is split, where that stays plain.</summary>
public class BranchedPublishTests
{
    private static readonly string[] s_names = ["message", "kafkaMessage", "message2"];

    private static Task Verify(string source, string @fixed)
        => Verify<TL1001_KafkaPublishWithoutContext>.Fix<TL1001_InjectIntoKafkaMessage>(Method("", source), Method("", @fixed), Setup.SystemDiagnostics);

    private static Task VerifyNoFix(string source)
        => Verify<TL1001_KafkaPublishWithoutContext>.NoFix<TL1001_InjectIntoKafkaMessage>(Method("", source), Setup.SystemDiagnostics);

    // What the fix puts before a publish of a message.
    private static string Prepared(string value, int levels, int name = 0) => Indent($$"""
        var {{s_names[name]}} = new Message<string, string> { Value = {{value}}, Headers = new Headers() };
        DistributedContextPropagator.Current.Inject(Activity.Current, {{s_names[name]}}.Headers, (_, key, value) =>
        {
            {{s_names[name]}}.Headers.Remove(key);
            {{s_names[name]}}.Headers.Add(key, Encoding.UTF8.GetBytes(value));
        });
        """, levels).TrimStart();

    [Fact]
    public Task ReturnedTask() => Verify(
        """
        private Task Post(IProducer<string, string> producer, Order? order)
        {
            return order != null ? producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = order.Id }) : Task.CompletedTask;
        }
        """,
        $$"""
        private Task Post(IProducer<string, string> producer, Order? order)
        {
            if (order != null)
            {
                {{Prepared("order.Id", 2)}}
                return producer.ProduceAsync("orders", message);
            }

            return Task.CompletedTask;
        }
        """);

    [Fact]
    public Task ExpressionBody() => Verify(
        """
        private Task Post(IProducer<string, string> producer, Order? order)
            => order is null ? Task.CompletedTask : producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = order.Id });
        """,
        $$"""
        private Task Post(IProducer<string, string> producer, Order? order)
        {
            if (order is null)
            {
                return Task.CompletedTask;
            }

            {{Prepared("order.Id", 1)}}
            return producer.ProduceAsync("orders", message);
        }
        """);

    [Fact]
    public Task AwaitedChoice_BothArmsPublish() => Verify(
        """
        private async Task Post(IProducer<string, string> producer, Order order, bool flag)
        {
            // One or the other.
            await (flag
                ? producer.[|ProduceAsync|]("a", new Message<string, string> { Value = "a" })
                : producer.[|ProduceAsync|]("b", new Message<string, string> { Value = "b" })).ConfigureAwait(false);
        }
        """,
        $$"""
        private async Task Post(IProducer<string, string> producer, Order order, bool flag)
        {
            // One or the other.
            if (flag)
            {
                {{Prepared("\"a\"", 2)}}
                await producer.ProduceAsync("a", message).ConfigureAwait(false);
            }
            else
            {
                {{Prepared("\"b\"", 2)}}
                await producer.ProduceAsync("b", message).ConfigureAwait(false);
            }
        }
        """);

    [Fact]
    public Task AwaitedChoice_NothingOtherwise() => Verify(
        """
        private async Task Post(IProducer<string, string> producer, bool flag)
        {
            await (flag ? Task.CompletedTask : producer.[|ProduceAsync|]("a", new Message<string, string> { Value = "a" }));
        }
        """,
        $$"""
        private async Task Post(IProducer<string, string> producer, bool flag)
        {
            if (!flag)
            {
                {{Prepared("\"a\"", 2)}}
                await producer.ProduceAsync("a", message);
            }
        }
        """);

    [Fact]
    public Task Local() => Verify(
        """
        private async Task<string?> Post(IProducer<string, string> producer, bool flag)
        {
            var result = flag ? await producer.[|ProduceAsync|]("a", new Message<string, string> { Value = "a" }) : null;
            return result?.Topic;
        }
        """,
        $$"""
        private async Task<string?> Post(IProducer<string, string> producer, bool flag)
        {
            DeliveryResult<string, string>? result;
            if (flag)
            {
                {{Prepared("\"a\"", 2)}}
                result = await producer.ProduceAsync("a", message);
            }
            else
            {
                result = null;
            }

            return result?.Topic;
        }
        """);

    [Fact]
    public Task SwitchExpression() => Verify(
        """
        private Task Post(IProducer<string, string> producer, object what) => what switch
        {
            Order { Id: var id } => producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = id }),
            string text when text.Length > 0 => producer.[|ProduceAsync|]("texts", new Message<string, string> { Value = text }),
            1 => Task.CompletedTask,
            _ => throw new ArgumentException("what"),
        };
        """,
        $$"""
        private Task Post(IProducer<string, string> producer, object what)
        {
            switch (what)
            {
                case Order { Id: var id }:
                    {{Prepared("id", 3)}}
                    return producer.ProduceAsync("orders", message);
                case string text when text.Length > 0:
                    {{Prepared("text", 3, name: 1)}}
                    return producer.ProduceAsync("texts", kafkaMessage);
                case 1:
                    return Task.CompletedTask;
                default:
                    throw new ArgumentException("what");
            }
        }
        """);

    [Fact]
    public Task Coalesced() => Verify(
        """
        private async Task<DeliveryResult<string, string>> Post(IProducer<string, string> producer, DeliveryResult<string, string>? earlier)
        {
            return earlier ?? await producer.[|ProduceAsync|]("a", new Message<string, string> { Value = "a" });
        }
        """,
        $$"""
        private async Task<DeliveryResult<string, string>> Post(IProducer<string, string> producer, DeliveryResult<string, string>? earlier)
        {
            if (earlier is null)
            {
                {{Prepared("\"a\"", 2)}}
                return await producer.ProduceAsync("a", message);
            }

            return earlier;
        }
        """);

    [Fact]
    public Task ChoiceInAChoice() => Verify(
        """
        private Task Post(IProducer<string, string> producer, bool one, bool two)
        {
            return one ? Task.CompletedTask : two ? producer.[|ProduceAsync|]("a", new Message<string, string> { Value = "a" }) : Task.Delay(1);
        }
        """,
        $$"""
        private Task Post(IProducer<string, string> producer, bool one, bool two)
        {
            if (one)
            {
                return Task.CompletedTask;
            }

            if (two)
            {
                {{Prepared("\"a\"", 2)}}
                return producer.ProduceAsync("a", message);
            }

            return Task.Delay(1);
        }
        """);

    [Theory]
    [InlineData("Use(first, flag ? producer.[|ProduceAsync|](\"a\", new Message<string, string> { Value = \"a\" }) : null);")]
    [InlineData("if (flag && producer.[|ProduceAsync|](\"a\", new Message<string, string> { Value = \"a\" }).IsCompleted)\n    {\n    }")]
    [InlineData("Last = flag ? producer.[|ProduceAsync|](\"a\", new Message<string, string> { Value = \"a\" }) : null;")]
    [InlineData("await (first switch { 1 => producer.[|ProduceAsync|](\"a\", new Message<string, string> { Value = \"a\" }), 2 => Task.CompletedTask });")]
    [InlineData("await (flag /* sometimes */ ? producer.[|ProduceAsync|](\"a\", new Message<string, string> { Value = \"a\" }) : Task.CompletedTask);")]
    [InlineData("await (first switch { 1 /* so */ => producer.[|ProduceAsync|](\"a\", new Message<string, string> { Value = \"a\" }), _ => Task.Delay(1) });")]
    public Task NoFix_WhereItWouldNotBePlain(string statement) => VerifyNoFix($$"""
        private Task? Last { get; set; }

        private async Task Post(IProducer<string, string> producer, bool flag, int first)
        {
            {{statement}}
            await Task.Yield();
        }

        private static void Use(int first, Task? second) { }
        """);
}
