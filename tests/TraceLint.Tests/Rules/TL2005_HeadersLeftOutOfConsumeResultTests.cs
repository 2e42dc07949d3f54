using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2005 reports. What it does not is in TL2005_HeadersLeftOutOfConsumeResultSilentTests.</summary>
public class TL2005_HeadersLeftOutOfConsumeResultTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL2005_HeadersLeftOutOfConsumeResult>.Rule(Method(statements, members));

    [Fact]
    public Task Property() => Verify("""
        var config = new ConsumerConfig { GroupId = "orders", [|ConsumeResultFields|] = "none" };
        config.[|ConsumeResultFields|] = "timestamp, topic";
        """);

    [Fact]
    public Task Constant() => Verify(
        "var config = new ConsumerConfig { [|ConsumeResultFields|] = Fields };",
        """private const string Fields = "topic";""");

    [Fact]
    public Task SetByName() => Verify("""
        var config = new ConsumerConfig();
        config.Set([|"dotnet.consumer.consume.result.fields"|], "topic");
        config.Set(ConfigPropertyNames.Consumer.[|ConsumeResultFields|], "topic");
        """);

    [Fact]
    public Task Dictionary() => Verify("""
        var one = new Dictionary<string, string> { { [|"dotnet.consumer.consume.result.fields"|], "none" } };
        var two = new Dictionary<string, string> { [[|"dotnet.consumer.consume.result.fields"|]] = "none" };
        one[[|"dotnet.consumer.consume.result.fields"|]] = "topic";
        var three = new Dictionary<string, string> { { ConfigPropertyNames.Consumer.[|ConsumeResultFields|], "none" } };
        var consumer = new ConsumerBuilder<string, string>(one.Concat(two).Concat(three)).Build();
        """);

    [Fact]
    public Task Pairs() => Verify("""
        var config = new[] { new KeyValuePair<string, string>([|"dotnet.consumer.consume.result.fields"|], "none") };
        var pair = KeyValuePair.Create([|"dotnet.consumer.consume.result.fields"|], "none");
        """);
}
