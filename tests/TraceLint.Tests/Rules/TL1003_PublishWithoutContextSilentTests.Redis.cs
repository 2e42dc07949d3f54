using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

// Streams of StackExchange.Redis: only what is certain is reported.
public partial class TL1003_PublishWithoutContextSilentTests
{
    private static Task VerifyRedis(string statements, string members = "") => Verify(Redis(statements, members), Setup.Redis);

    [Fact]
    public Task Redis_TraceField() => VerifyRedis("""
        await database.StreamAddAsync("orders", new NameValueEntry[] { new("data", json), new("traceparent", Environment.NewLine) });
        database.StreamAdd("orders", [new NameValueEntry("data", json), new NameValueEntry("trace-id", order.Id)]);
        """);

    [Fact]
    public Task Redis_InjectedIntoAList() => VerifyRedis($$"""
        var fields = new List<NameValueEntry> { new("data", json) };
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, fields, (list, key, value) => list.Add(new NameValueEntry(key, value)));
        await database.StreamAddAsync("orders", fields.ToArray());
        """);

    [Fact]
    public Task Redis_InjectedThroughTheSetterOnly() => VerifyRedis("""
        var fields = new List<NameValueEntry> { new("data", json) };
        DistributedContextPropagator.Current.Inject(Activity.Current, null, (_, key, value) => fields.Add(new(key, value)));
        await database.StreamAddAsync("orders", fields.ToArray());
        """);

    [Fact]
    public Task Redis_FieldOfUnknownName() => VerifyRedis("""
        await database.StreamAddAsync("orders", new[] { new NameValueEntry(order.Id, json) });
        await database.StreamAddAsync("orders", order.Id, json);
        await database.StreamAddAsync("orders", new[] { new NameValueEntry(order.GetType().Name, json) });
        """);

    [Fact]
    public Task Redis_FieldsOfADictionary() => VerifyRedis(
        """
        await database.StreamAddAsync("orders", all.Select(pair => new NameValueEntry(pair.Key, pair.Value)).ToArray());
        var fields = new List<NameValueEntry>();
        foreach (var pair in all)
        {
            fields.Add(new NameValueEntry(pair.Key, pair.Value));
        }

        await database.StreamAddAsync("orders", fields.ToArray());
        """,
        "private readonly Dictionary<string, string> all = [];");

    [Fact]
    public Task Redis_FieldsFilledInOneByOne() => VerifyRedis("""
        var fields = new NameValueEntry[2];
        fields[0] = new NameValueEntry("data", json);
        fields[1] = new NameValueEntry("traceparent", order.Id);
        await database.StreamAddAsync("orders", fields);
        """);

    [Fact]
    public Task Redis_FilteredFields() => VerifyRedis("""
        await database.StreamAddAsync("orders", new NameValueEntry[] { new("data", json), flag ? default : new("traceparent", order.Id) }.Where(field => field.Name.HasValue).ToArray());
        """);

    [Fact]
    public Task Redis_FieldsFromAParameter() => VerifyRedis("", """
        public Task Append(IDatabase database, NameValueEntry[] fields) => database.StreamAddAsync("orders", fields);
        public Task Append(IDatabase database, NameValueEntry field) => database.StreamAddAsync("orders", new[] { field, new NameValueEntry("data", "") });
        """);

    [Fact]
    public Task Redis_Forwarded() => VerifyRedis("", """
        public Task Handle(IDatabase database, StreamEntry entry) => database.StreamAddAsync("dead", entry.Values);
        public Task Retry(IDatabase database, StreamEntry entry) => database.StreamAddAsync("retry", [.. entry.Values, new NameValueEntry("attempt", 2)]);
        """);

    [Theory]
    [InlineData("headers")]
    [InlineData("metadata")]
    [InlineData("x-context")]
    public Task Redis_FieldThatHoldsHeaders(string name) => VerifyRedis($$"""
        await database.StreamAddAsync("orders", new[] { new NameValueEntry("{{name}}", order.Id), new NameValueEntry("body", json) });
        await database.StreamAddAsync("orders", "{{name}}", json);
        """);

    [Fact]
    public Task Redis_HeadersInAField() => VerifyRedis(
        """
        await database.StreamAddAsync("orders", Fields(new Transported()));
        """,
        """
        private static NameValueEntry[] Fields(Transported message) => new NameValueEntry[] { new("h", JsonSerializer.Serialize(message.Headers)), new("b", "") };

        private sealed class Transported
        {
            public IDictionary<string, string> Headers { get; set; }
        }
        """);

    [Fact]
    public Task Redis_ActivityInAField() => VerifyRedis("""
        await database.StreamAddAsync("orders", new[] { new NameValueEntry("data", json), new NameValueEntry("correlation", Activity.Current?.Id) });
        await database.StreamAddAsync("orders", "data", JsonSerializer.Serialize(new { order, Context = Activity.Current?.Id }));
        """);

    [Fact]
    public Task Redis_MarkerThatMakesTheStreamExist() => VerifyRedis("""
        await database.StreamAddAsync("orders", "init", "1");
        """);

    [Fact]
    public Task Redis_OtherCommands() => VerifyRedis("""
        await database.HashSetAsync("orders", [new HashEntry("data", json)]);
        await database.ListRightPushAsync("orders", json);
        await database.PublishAsync(RedisChannel.Literal("orders"), json);
        """);
}
