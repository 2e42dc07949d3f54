using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.CodeFixes;

public class TL2007_ExtractFromDefaultTests
{
    private static Task Verify(string statements, string @fixed)
        => Verify<TL2007_ExtractOnTopOfContext>.Fix<TL2007_ExtractFromDefault>(Source(statements), Source(@fixed));

    private static string Source(string statements) => Traced("", $$"""
        public void Handle(ConsumeResult<string, string> result)
        {
        {{Indent(statements, 1)}}
        }

        private static IEnumerable<string> Get(Headers headers, string key)
            => headers.TryGetLastBytes(key, out var value) ? [Encoding.UTF8.GetString(value)] : [];
        """);

    [Fact]
    public Task Inline() => Verify(
        """
        var parent = Propagators.DefaultTextMapPropagator.[|Extract|](
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), // on top
            result.Message.Headers,
            Get);
        """,
        """
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default, // on top
            result.Message.Headers,
            Get);
        """);

    [Fact]
    public Task Several_NamedAndLocal() => Verify(
        """
        var current = new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current);
        var one = Propagators.DefaultTextMapPropagator.[|Extract|](current, result.Message.Headers, Get);
        var other = Propagators.DefaultTextMapPropagator.[|Extract|](getter: Get, carrier: result.Message.Headers, context: current);
        """,
        """
        var current = new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current);
        var one = Propagators.DefaultTextMapPropagator.Extract(default, result.Message.Headers, Get);
        var other = Propagators.DefaultTextMapPropagator.Extract(getter: Get, carrier: result.Message.Headers, context: default);
        """);
}
