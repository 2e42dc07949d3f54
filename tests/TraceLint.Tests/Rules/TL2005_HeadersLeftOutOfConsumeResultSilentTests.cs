using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2005 stays silent about: the headers are there, may be, or nobody would look at them.</summary>
public class TL2005_HeadersLeftOutOfConsumeResultSilentTests
{
    private static Task Verify(string statements, string members = "", Setup? setup = null)
        => Verify<TL2005_HeadersLeftOutOfConsumeResult>.Rule(Method(statements, members), setup);

    [Fact]
    public Task Headers() => Verify("""
        var config = new ConsumerConfig { ConsumeResultFields = "headers" };
        config.ConsumeResultFields = "all";
        config.ConsumeResultFields = "topic, headers";
        config.Set("dotnet.consumer.consume.result.fields", "headers,timestamp,topic");
        """);

    [Fact]
    public Task NotAConstant() => Verify("""
        var config = new ConsumerConfig { ConsumeResultFields = order.Id };
        config.ConsumeResultFields = null;
        config.Set("dotnet.consumer.consume.result.fields", Environment.GetEnvironmentVariable("FIELDS"));
        """);

    [Fact]
    public Task WhatNoConsumerAccepts() => Verify("""
        var config = new ConsumerConfig { ConsumeResultFields = "" };
        config.ConsumeResultFields = "key,value";
        config.ConsumeResultFields = "Timestamp";
        """);

    [Fact]
    public Task OtherSettings() => Verify("""
        var config = new ConsumerConfig { GroupId = "none" };
        config.Set("group.id", "topic");
        new ProducerConfig().Set("dotnet.producer.delivery.report.fields", "none");
        """);

    [Fact]
    public Task NameThatIsGivenNothing() => Verify("""
        var config = new ConsumerConfig();
        Console.WriteLine("dotnet.consumer.consume.result.fields");
        Console.WriteLine("none", "dotnet.consumer.consume.result.fields");
        Console.WriteLine("dotnet.consumer.consume.result.fields", "none");
        """);

    [Fact]
    public Task OwnSetting() => Verify(
        """new Mine().ConsumeResultFields = "none";""",
        """private class Mine { public string ConsumeResultFields { get; set; } = "topic"; }""");

    [Fact]
    public Task ProjectThatDoesNotTrace() => Verify<TL2005_HeadersLeftOutOfConsumeResult>.Rule(
        """
        using Confluent.Kafka;

        public class Sample
        {
            public ConsumerConfig Config { get; } = new() { ConsumeResultFields = "none" };
        }
        """,
        Setup.SystemDiagnostics);
}
