using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2009 stays silent about: one value is returned, or it cannot be seen how many.</summary>
public class TL2009_GetterOfSeveralHeadersSilentTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL2009_GetterOfSeveralHeaders>.Rule(Traced("", $$"""
        private static readonly TextMapPropagator Propagator = Propagators.DefaultTextMapPropagator;

        public void Handle(ConsumeResult<string, string> result, Func<Headers, string, IEnumerable<string>> given)
        {
        {{statements}}
        }

        {{members}}
        """));

    [Fact]
    public Task LastBytes() => Verify("""
        Propagator.Extract(default, result.Message.Headers, (headers, key) => headers.TryGetLastBytes(key, out var value) ? [Encoding.UTF8.GetString(value)] : []);
        """);

    [Fact]
    public Task OneOfThem() => Verify("""
        Propagator.Extract(default, result.Message.Headers, (headers, key) => headers.Where(header => header.Key == key).TakeLast(1).Select(header => Encoding.UTF8.GetString(header.GetValueBytes())));
        Propagator.Extract(default, result.Message.Headers, (headers, key) => headers.Where(header => header.Key == key).Select(header => Encoding.UTF8.GetString(header.GetValueBytes())).Take(1));
        Propagator.Extract(default, result.Message.Headers, (headers, key) => new[] { headers.Where(header => header.Key == key).Select(header => Encoding.UTF8.GetString(header.GetValueBytes())).First() });
        Propagator.Extract(default, result.Message.Headers, (headers, key) => [Encoding.UTF8.GetString(headers.First(header => header.Key == key).GetValueBytes())]);
        Propagator.Extract(default, result.Message.Headers, (headers, key) => [headers.Where(header => header.Key == key).Select(header => Encoding.UTF8.GetString(header.GetValueBytes())).LastOrDefault()!]);
        """);

    [Fact]
    public Task LoopThatEnds() => Verify(
        """
        Propagator.Extract(default, result.Message.Headers, Get);
        Propagator.Extract(default, result.Message.Headers, Collect);
        Propagator.Extract(default, result.Message.Headers, Last);
        """,
        """
        private static IEnumerable<string> Get(Headers headers, string key)
        {
            foreach (var header in headers)
            {
                if (header.Key == key)
                {
                    yield return Encoding.UTF8.GetString(header.GetValueBytes());
                    yield break;
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
                    break;
                }
            }

            return values;
        }

        private static IEnumerable<string> Last(Headers headers, string key)
        {
            string? last = null;
            foreach (var header in headers)
            {
                if (header.Key == key)
                {
                    last = Encoding.UTF8.GetString(header.GetValueBytes());
                }
            }

            return last is null ? [] : new[] { last };
        }
        """);

    [Fact]
    public Task GetterThatCannotBeSeen() => Verify("""
        Propagator.Extract(default, result.Message.Headers, given);
        """);

    [Fact]
    public Task OtherCarriers() => Verify("""
        var attributes = new Dictionary<string, string>();
        Propagator.Extract(default, attributes, (carrier, key) => carrier.Where(pair => pair.Key == key).Select(pair => pair.Value));
        Propagator.Extract(default, result.Message.Value, (carrier, key) => new[] { carrier });
        Propagator.Extract(default, new[] { result.Message.Value }, (carrier, key) => new[] { carrier[0] });
        """);

    [Fact]
    public Task NameUsedBeforeAPlaceIs() => Verify("""
        Propagator.Extract(default, result.Message.Headers, (headers, key) => key == headers[0].Key ? [Encoding.UTF8.GetString(headers[0].GetValueBytes())] : []);
        """);

    [Fact]
    public Task NoHeadersAtAll() => Verify("""
        Propagator.Extract(default, result.Message.Headers, (_, _) => []);
        """);
}
