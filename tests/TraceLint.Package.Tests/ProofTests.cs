using TraceLint.Package.Tests.Scene;

namespace TraceLint.Package.Tests;

/// <summary>
/// A fix that compiles may still not join the trace. So the program is run, before and after the fix, against the real
/// Confluent.Kafka with librdkafka's mock broker: what is delivered must carry the context that was current, sampled or
/// not, and exactly once, also when a message is sent again; what is forwarded, the context that it came with.
/// </summary>
[Collection(OnePackage.Name)]
public class ProofTests(PackedRepository repository)
{
    private const string Program = """
        using System.Diagnostics;
        using System.Text;
        using Confluent.Kafka;

        SDK
        var config = new ProducerConfig();
        config.Set("test.mock.num.brokers", "1");
        using var producer = new ProducerBuilder<Null, string>(config).Build();

        foreach (var flags in new[] { ActivityTraceFlags.None, ActivityTraceFlags.Recorded })
        {
            using var activity = new Activity("root") { ActivityTraceFlags = flags }.Start();

            Show(activity.Id, await producer.ProduceAsync("orders", new Message<Null, string> { Value = "new" }));

            var headers = new Headers { { "tenant", [1] } };
            var message = new Message<Null, string> { Value = "with headers", Headers = headers };
            Show(activity.Id, await producer.ProduceAsync("orders", message));
            Show(activity.Id, await producer.ProduceAsync("orders-again", message));
        }

        // Outside any span: what was received has the only context there is.
        foreach (var flags in new[] { "00", "01" })
        {
            var parent = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-{flags}";
            var headers = new Headers { { "traceparent", Encoding.UTF8.GetBytes(parent) } };
            Show(parent, await Forward(new ConsumeResult<Null, string> { Message = new Message<Null, string> { Value = "again", Headers = headers } }));
        }

        Task<DeliveryResult<Null, string>> Forward(ConsumeResult<Null, string> received)
            => producer.ProduceAsync("orders-retry", new Message<Null, string> { Value = received.Message.Value });

        static void Show(string? context, DeliveryResult<Null, string> delivered)
        {
            var contexts = (delivered.Message.Headers ?? []).Where(header => header.Key == "traceparent").Select(header => Encoding.UTF8.GetString(header.GetValueBytes()));
            Console.WriteLine(string.Join(' ', contexts) == context ? "joined" : "lost");
        }
        """;

    /// <summary>Packages besides Confluent.Kafka, and what a program with them starts with.</summary>
    public static TheoryData<string[], string> Dialects { get; } = new()
    {
        { [], "" },
        { [ConsumerProject.OpenTelemetrySdk], "using var sdk = OpenTelemetry.Trace.TracerProviderBuilderExtensions.Build(OpenTelemetry.Sdk.CreateTracerProviderBuilder());" },
    };

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task FixedProgram_JoinsTheTrace(string[] packages, string sdk)
    {
        var project = new ConsumerProject(repository, Program.Replace("SDK", sdk, StringComparison.Ordinal), [ConsumerProject.Kafka, .. packages]);

        await project.BuildAsync();
        Assert.Equal(Enumerable.Repeat("lost", 8), await RunAsync(project));

        await project.RunAsync("format", "analyzers", "--diagnostics", "TL1001");
        Assert.Empty(await project.BuildAsync());
        Assert.Equal(Enumerable.Repeat("joined", 8), await RunAsync(project));
    }

    private static async Task<IEnumerable<string>> RunAsync(ConsumerProject project)
        => (await project.RunAsync("run", "--no-build")).Split('\n', StringSplitOptions.TrimEntries).Where(static line => line is "joined" or "lost");
}
