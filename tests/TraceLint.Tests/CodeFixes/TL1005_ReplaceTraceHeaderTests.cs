using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.CodeFixes;

public class TL1005_ReplaceTraceHeaderTests
{
    private static Task Verify(string statements, string @fixed, string members = "", string? fixedMembers = null)
        => Verify<TL1005_AppendedTraceHeader>.Fix<TL1005_ReplaceTraceHeader>(Source(statements, members), Source(@fixed, fixedMembers ?? members));

    private static string Source(string statements, string members) => Traced("", $$"""
        public void Forward(IProducer<string, string> producer, ConsumeResult<string, string> result, PropagationContext context)
        {
        {{Indent(statements, 1)}}
        }

        {{members}}
        """);

    [Fact]
    public Task ExpressionBodiedSetter_BecomesABlock() => Verify(
        """
        Propagators.DefaultTextMapPropagator.[|Inject|](context, result.Message.Headers, (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
        producer.Produce("retry", result.Message);
        """,
        """
        Propagators.DefaultTextMapPropagator.Inject(context, result.Message.Headers, (headers, key, value) =>
        {
            headers.Remove(key);
            headers.Add(key, Encoding.UTF8.GetBytes(value));
        });
        producer.Produce("retry", result.Message);
        """);

    [Fact]
    public Task SetterWithABlock() => Verify(
        """
        Propagators.DefaultTextMapPropagator.[|Inject|](
            context,
            result.Message.Headers,
            (headers, key, value) =>
            {
                var bytes = Encoding.UTF8.GetBytes(value);
                headers.Add(new Header(key, bytes)); // appends
            });
        """,
        """
        Propagators.DefaultTextMapPropagator.Inject(
            context,
            result.Message.Headers,
            (headers, key, value) =>
            {
                var bytes = Encoding.UTF8.GetBytes(value);
                headers.Remove(key);
                headers.Add(new Header(key, bytes)); // appends
            });
        """);

    [Fact]
    public Task MethodThatServesSeveral_IsFixedOnce() => Verify(
        """
        Propagators.DefaultTextMapPropagator.[|Inject|](context, result.Message.Headers, Set);
        Propagators.DefaultTextMapPropagator.[|Inject|](context, result.Message.Headers, Set);
        """,
        """
        Propagators.DefaultTextMapPropagator.Inject(context, result.Message.Headers, Set);
        Propagators.DefaultTextMapPropagator.Inject(context, result.Message.Headers, Set);
        """,
        "private static void Set(Headers headers, string key, string value) => headers.Add(key, Encoding.UTF8.GetBytes(value));",
        """
        private static void Set(Headers headers, string key, string value)
        {
            headers.Remove(key);
            headers.Add(key, Encoding.UTF8.GetBytes(value));
        }
        """);

    [Fact]
    public Task AddedByHand() => Verify(
        """
        result.Message.Headers.[|Add|]("traceparent", Encoding.UTF8.GetBytes(Activity.Current!.Id!));
        producer.Produce("retry", result.Message);
        """,
        """
        result.Message.Headers.Remove("traceparent");
        result.Message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(Activity.Current!.Id!));
        producer.Produce("retry", result.Message);
        """);
}
