using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Robustness;

/// <summary>Code of the transports of TL1003 that is being typed: no exception, no time-out.</summary>
public class TransportTests
{
    public static TheoryData<string> Sources =>
    [
        Rabbit($$"""
            var properties = channel.CreateBasicProperties();
            properties.Headers = new Dictionary<string, object> { ["type"] = flag ? "a" : "b", };
            Propagators.DefaultTextMapPropagator.Inject({{Context}}, properties.Headers, (headers, key, value) => headers[key] = value);
            channel.BasicPublish("orders", "", properties, body);
            channel.BasicPublish(exchange: "", routingKey: "orders", basicProperties: null, body: body);
            """),
        Mqtt("""
            var builder = new MqttApplicationMessageBuilder().WithTopic("orders").WithUserProperty("a", order.Id).WithRetainFlag(false);
            await client.PublishAsync(builder.Build());
            await client.PublishAsync(new MqttApplicationMessage { UserProperties = new() { new MqttUserProperty("a", "b") } });
            await client.PublishStringAsync("orders", retain: true, payload: "x");
            """),
        Nats("""
            var message = new Msg("orders", new MsgHeader { ["a"] = "b" }, data);
            message.Header.Add("c", "d");
            connection.Publish(message);
            await stream.PublishAsync("orders", data);
            """),
        Redis("""
            var fields = new List<NameValueEntry> { new("data", json) };
            fields.Add(new NameValueEntry("a", 1));
            database.StreamAdd("orders", fields.ToArray());
            await database.StreamAddAsync("orders", [new NameValueEntry("a", json)]);
            database.StreamAdd("orders", "a", json);
            """),
    ];

    [Trait("Tier", "Full")]
    [Theory]
    [MemberData(nameof(Sources))]
    public async Task EveryThirdTokenDeletedInTurn_NeverThrows(string source)
    {
        var tokens = (await CSharpSyntaxTree.ParseText(source).GetRootAsync()).DescendantTokens().Select(static token => token.Span).ToList();
        var whole = Analysis.Compile([], References.Newest.Add(References.Nats));
        Assert.True(tokens.Count > 100);
        foreach (var span in tokens.Where(static (_, index) => index % 3 == 0))
        {
            await Analysis.RunAsync(whole.AddSyntaxTrees(CSharpSyntaxTree.ParseText(SourceText.From(source.Remove(span.Start, span.Length)))));
        }
    }
}
