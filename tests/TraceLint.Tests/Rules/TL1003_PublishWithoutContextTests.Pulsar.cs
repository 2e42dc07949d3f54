using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

// DotPulsar.
public partial class TL1003_PublishWithoutContextTests
{
    private static Task VerifyPulsar(string statements, string members = "") => Verify(Pulsar(statements, members), Setup.Pulsar);

    [Fact]
    public Task Pulsar_MessageAlone() => VerifyPulsar("""
        await producer.[|Send|](json);
        await bytes.[|Send|](Encoding.UTF8.GetBytes(json));
        await producer.SendChannel.[|Send|](json);
        """);

    [Fact]
    public Task Pulsar_WithMetadata() => VerifyPulsar("""
        var metadata = new MessageMetadata { Key = order.Id };
        metadata["tenant"] = order.Id;
        metadata.SetConversationId(order.Id);
        await producer.[|Send|](metadata, json);
        await producer.SendChannel.[|Send|](metadata, json);
        """);

    [Fact]
    public Task Pulsar_Builder() => VerifyPulsar("""
        await producer.NewMessage().Key(order.Id).Property("tenant", order.Id).[|Send|](json);
        """);

    [Fact]
    public Task Pulsar_Wrapper() => VerifyPulsar("await Publish(producer, [|json|]);".Replace("[|json|]", "json", StringComparison.Ordinal), """
        private static async Task Publish(IProducer<string> producer, string json) => await producer.[|Send|](json);
        """);
}
