using Microsoft.CodeAnalysis;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

// Streams of StackExchange.Redis.
public partial class TL1003_PublishWithoutContextTests
{
    private static Task VerifyRedis(string statements, string members = "") => Verify(Redis(statements, members), Setup.Redis);

    [Fact]
    public Task Redis_FieldsInPlace() => VerifyRedis("""
        await database.[|StreamAddAsync|]("orders", new NameValueEntry[] { new("type", "order"), new("data", json) });
        database.[|StreamAdd|]("orders", new[] { new NameValueEntry("type", "order"), new NameValueEntry("data", json) }, maxLength: 1000);
        """);

    // A collection expression is known to the newer Roslyns only; the others leave it alone.
    [Fact]
    public Task Redis_CollectionExpression()
    {
        var publish = Enum.IsDefined((OperationKind)0x7f) ? "[|StreamAddAsync|]" : "StreamAddAsync";
        return VerifyRedis($$"""await database.{{publish}}("orders", [new NameValueEntry("type", "order"), new NameValueEntry("data", json)]);""");
    }

    [Fact]
    public Task Redis_FieldsInALocal() => VerifyRedis("""
        var fields = new[] { new NameValueEntry("data", json), new NameValueEntry("caption", order?.Id ?? "") };
        var id = await database.[|StreamAddAsync|]("orders", fields, maxLength: 1000, useApproximateMaxLength: true);
        """);

    [Fact]
    public Task Redis_FieldsInAList() => VerifyRedis("""
        var fields = new List<NameValueEntry> { new("type", "order") };
        fields.Add(new NameValueEntry("data", json));
        await database.[|StreamAddAsync|]("orders", fields.ToArray());
        """);

    [Fact]
    public Task Redis_SingleField() => VerifyRedis("""
        await database.[|StreamAddAsync|]("orders", "data", json);
        database.[|StreamAdd|](key: "orders", streamField: Field, streamValue: JsonSerializer.Serialize(order));
        """, """private const string Field = "payload";""");

    [Fact]
    public Task Redis_InATransaction() => VerifyRedis("""
        var transaction = database.CreateTransaction();
        _ = transaction.[|StreamAddAsync|]("orders", new[] { new NameValueEntry("data", json) });
        await transaction.ExecuteAsync();
        """);

    [Fact]
    public Task Redis_FieldsMadeByAHelper() => VerifyRedis(
        """await database.[|StreamAddAsync|]("orders", Fields(json));""",
        """private static NameValueEntry[] Fields(string json) => new NameValueEntry[] { new("data", json) };""");

    [Fact]
    public Task Redis_HandedToAWrapper() => VerifyRedis(
        """await [|Append|](database, new NameValueEntry[] { new("data", json) });""",
        """private static Task Append(IDatabase database, NameValueEntry[] fields) => database.StreamAddAsync("orders", fields);""");

    [Fact]
    public Task Redis_OldestVersion() => Verify(
        Redis("""await database.[|StreamAddAsync|]("orders", new[] { new NameValueEntry("data", json) }); database.[|StreamAdd|]("orders", "data", json);"""),
        Setup.Traced(References.OldestRedis));
}
