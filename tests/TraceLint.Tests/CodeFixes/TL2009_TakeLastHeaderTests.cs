using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.CodeFixes;

public class TL2009_TakeLastHeaderTests
{
    private static Task Verify(string statements, string @fixed, string members = "", string fixedMembers = "")
        => Verify<TL2009_GetterOfSeveralHeaders>.Fix<TL2009_TakeLastHeader>(Source(statements, members), Source(@fixed, fixedMembers));

    private static string Source(string statements, string members) => Traced("", $$"""
        public void Handle(ConsumeResult<string, string> result)
        {
        {{Indent(statements, 1)}}
        }

        {{members}}
        """);

    [Fact]
    public Task Lambda() => Verify(
        """
        Propagators.DefaultTextMapPropagator.[|Extract|](default, result.Message.Headers, (headers, key) => headers
            .Where(header => header.Key == key) // by name
            .Select(header => Encoding.UTF8.GetString(header.GetValueBytes())));
        """,
        """
        Propagators.DefaultTextMapPropagator.Extract(default, result.Message.Headers, (headers, key) => headers
            .Where(header => header.Key == key).TakeLast(1) // by name
            .Select(header => Encoding.UTF8.GetString(header.GetValueBytes())));
        """);

    [Fact]
    public Task MethodThatServesSeveral_IsFixedOnce() => Verify(
        """
        Propagators.DefaultTextMapPropagator.[|Extract|](default, result.Message.Headers, Get);
        Propagators.DefaultTextMapPropagator.[|Extract|](default, result.Message.Headers, Get);
        """,
        """
        Propagators.DefaultTextMapPropagator.Extract(default, result.Message.Headers, Get);
        Propagators.DefaultTextMapPropagator.Extract(default, result.Message.Headers, Get);
        """,
        "private static IEnumerable<string> Get(Headers headers, string key) => headers.Where(header => header.Key == key).Select(header => Encoding.UTF8.GetString(header.GetValueBytes()));",
        "private static IEnumerable<string> Get(Headers headers, string key) => headers.Where(header => header.Key == key).TakeLast(1).Select(header => Encoding.UTF8.GetString(header.GetValueBytes()));");

    [Fact]
    public Task Query_IsChangedByHand() => Verify<TL2009_GetterOfSeveralHeaders>.NoFix<TL2009_TakeLastHeader>(Source(
        "Propagators.DefaultTextMapPropagator.[|Extract|](default, result.Message.Headers, (headers, key) => from header in headers where header.Key == key select Encoding.UTF8.GetString(header.GetValueBytes()));",
        ""));

    [Fact]
    public Task NameIsIgnored_IsChangedByHand() => Verify<TL2009_GetterOfSeveralHeaders>.NoFix<TL2009_TakeLastHeader>(Source(
        "Propagators.DefaultTextMapPropagator.[|Extract|](default, result.Message.Headers, (headers, key) => [Encoding.UTF8.GetString(headers[0].GetValueBytes())]);",
        ""));
}
