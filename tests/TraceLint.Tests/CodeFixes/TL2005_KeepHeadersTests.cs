using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.CodeFixes;

public class TL2005_KeepHeadersTests
{
    private static Task Verify(string statements, string @fixed)
        => Verify<TL2005_HeadersLeftOutOfConsumeResult>.Fix<TL2005_KeepHeaders>(Method(statements), Method(@fixed));

    [Fact]
    public Task None() => Verify(
        """var config = new ConsumerConfig { [|ConsumeResultFields|] = "none" }; // less to marshal""",
        """var config = new ConsumerConfig { ConsumeResultFields = "headers" }; // less to marshal""");

    [Fact]
    public Task Lists() => Verify(
        """
        var config = new ConsumerConfig { [|ConsumeResultFields|] = "topic" };
        config.Set([|"dotnet.consumer.consume.result.fields"|], "topic,timestamp");
        """,
        """
        var config = new ConsumerConfig { ConsumeResultFields = "topic,headers" };
        config.Set("dotnet.consumer.consume.result.fields", "topic,timestamp,headers");
        """);

    [Fact]
    public Task Constant_IsChangedByHand()
    {
        var source = Method("var config = new ConsumerConfig { [|ConsumeResultFields|] = Fields };", """private const string Fields = "topic";""");
        return Verify<TL2005_HeadersLeftOutOfConsumeResult>.NoFix<TL2005_KeepHeaders>(source);
    }
}
