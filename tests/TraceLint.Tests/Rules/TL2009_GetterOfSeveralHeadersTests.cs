using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2009 reports. What it does not is in TL2009_GetterOfSeveralHeadersSilentTests.</summary>
public class TL2009_GetterOfSeveralHeadersTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL2009_GetterOfSeveralHeaders>.Rule(Traced("", $$"""
        private static readonly TextMapPropagator Propagator = Propagators.DefaultTextMapPropagator;

        public void Handle(ConsumeResult<string, string> result)
        {
        {{statements}}
        }

        {{members}}
        """));

    [Fact]
    public Task Filter() => Verify("""
        Propagator.[|Extract|](default, result.Message.Headers, (headers, key) => headers.Where(header => header.Key == key).Select(header => Encoding.UTF8.GetString(header.GetValueBytes())));
        """);

    [Fact]
    public Task FilterInOtherWords() => Verify("""
        Propagator.[|Extract|](default, result.Message.Headers, (headers, key) => from header in headers where header.Key == key select Encoding.UTF8.GetString(header.GetValueBytes()));
        Propagator.[|Extract|](default, result.Message.Headers, (headers, key) =>
        {
            return headers.Select(header => (header.Key, Value: header.GetValueBytes())).Where(header => header.Key == key).Select(header => Encoding.UTF8.GetString(header.Value)).ToList();
        });
        Propagator.[|Extract|](default, result.Message.Headers.ToList(), (headers, key) => headers.Where(header => header.Key == key).Select(header => Encoding.UTF8.GetString(header.GetValueBytes())));
        """);

    [Fact]
    public Task Method() => Verify(
        "Propagator.[|Extract|](default, result.Message.Headers, Get);",
        """
        private static IEnumerable<string> Get(Headers headers, string key)
        {
            try
            {
                return headers.Where(header => header.Key == key).Select(header => Encoding.UTF8.GetString(header.GetValueBytes())).ToArray();
            }
            catch (Exception)
            {
                return [];
            }
        }
        """);

    [Fact]
    public Task Loop() => Verify(
        """
        Propagator.[|Extract|](default, result.Message.Headers, Get);
        Propagator.[|Extract|](default, result.Message.Headers, Collect);
        """,
        """
        private static IEnumerable<string> Get(Headers headers, string key)
        {
            foreach (var header in headers)
            {
                if (header.Key == key)
                {
                    yield return Encoding.UTF8.GetString(header.GetValueBytes());
                }
            }
        }

        private static IEnumerable<string> Collect(Headers headers, string key)
        {
            var values = new List<string>();
            foreach (var header in headers)
            {
                if (header.Key == key)
                {
                    values.Add(Encoding.UTF8.GetString(header.GetValueBytes()));
                }
            }

            return values;
        }
        """);

    [Fact]
    public Task NameIsIgnored() => Verify("""
        Propagator.[|Extract|](default, result.Message.Headers, (headers, key) => new[] { Encoding.UTF8.GetString(headers[0].GetValueBytes()) });
        Propagator.[|Extract|](default, result.Message.Headers, (headers, _) => [Encoding.UTF8.GetString(headers.First().GetValueBytes())]);
        """);
}
