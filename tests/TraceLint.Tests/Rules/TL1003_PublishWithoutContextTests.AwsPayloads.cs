using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

// EventBridge and Kinesis, which have no carrier.
public partial class TL1003_PublishWithoutContextTests
{
    private static Task VerifyPayloads(string statements, string members = "") => Verify(AwsPayloads(statements, members), Setup.AwsPayloads);

    [Fact]
    public Task EventBridge_PayloadWithoutContext() => VerifyPayloads("""
        await events.[|PutEventsAsync|](new PutEventsRequest { Entries = new() { new PutEventsRequestEntry { DetailType = "OrderPlaced", Detail = JsonSerializer.Serialize(order) } } });
        var entry = new PutEventsRequestEntry { Source = "shop", Detail = json };
        var request = new PutEventsRequest { Entries = new List<PutEventsRequestEntry> { entry } };
        await events.[|PutEventsAsync|](request, cancellation);
        """);

    [Fact]
    public Task Kinesis_PayloadWithoutContext() => VerifyPayloads("""
        using var data = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(order));
        await kinesis.[|PutRecordAsync|](new PutRecordRequest { StreamName = "orders", PartitionKey = order.Id, Data = data });
        var records = order.Lines.Select(line => new PutRecordsRequestEntry { PartitionKey = line, Data = new MemoryStream(Encoding.UTF8.GetBytes(line)) }).ToList();
        await kinesis.[|PutRecordsAsync|](new PutRecordsRequest { StreamName = "orders", Records = records });
        """);
}
