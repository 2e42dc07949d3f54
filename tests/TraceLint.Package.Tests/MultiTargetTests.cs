using TraceLint.Package.Tests.Scene;

namespace TraceLint.Package.Tests;

/// <summary>
/// Projects with several target frameworks: <c>dotnet format</c> fixes each of them and merges what it gets, so the fixes must write one
/// text, and it must compile in all of them.
/// </summary>
[Collection(OnePackage.Name)]
public class MultiTargetTests(PackedRepository repository)
{
    private const string Kafka = """<PackageReference Include="Confluent.Kafka" Version="2.16.0" />""";
    private const string OpenTelemetry = """<PackageReference Include="OpenTelemetry.Api" Version="1.20.1" />""";
    private const string Sqs = """<PackageReference Include="AWSSDK.SQS" Version="4.0.100.25" />""";
    private const string OpenTelemetryOfNet10
        = """<PackageReference Include="OpenTelemetry.Api" Version="1.20.1" Condition="'$(TargetFramework)' == 'net10.0'" />""";

    private const string Quiet
        = "<CheckEolTargetFramework>false</CheckEolTargetFramework><SuppressTfmSupportBuildWarnings>true</SuppressTfmSupportBuildWarnings>";

    private const string Spans = """<PackageReference Include="System.Diagnostics.DiagnosticSource" Version="10.0.14" />""";

    // Not those of the SDK: they report in one framework what they do not in the other, and what is then merged is not ours alone.
    private static readonly string[] s_fixable =
        ["TL1001", "TL1002", "TL1003", "TL1004", "TL1005", "TL2001", "TL2002", "TL2003", "TL2004", "TL2006", "TL4001", "TL4002", "TL4003", "TL5001"];

    private const string Publish = """
        using System.Threading.Tasks;
        using Confluent.Kafka;

        namespace Mt
        {
            public class Bus
            {
                private readonly IProducer<Null, byte[]> _producer;

                public Bus(IProducer<Null, byte[]> producer)
                {
                    _producer = producer;
                }

                public async Task PublishAsync(string topic, byte[] body)
                {
                    await _producer.ProduceAsync(topic, new Message<Null, byte[]> { Value = body });
                }
            }
        }
        """;

    private const string PublishTwice = """
        using System.Diagnostics;
        using System.Text;
        using System.Threading.Tasks;
        using Confluent.Kafka;

        namespace Mt
        {
            public class Bus
            {
                private static readonly ActivitySource Source = new ActivitySource("Mt");
                private readonly IProducer<Null, byte[]> _producer;

                public Bus(IProducer<Null, byte[]> producer)
                {
                    _producer = producer;
                }

                public async Task PublishAsync(string topic, byte[] body)
                {
                    await _producer.ProduceAsync(topic, new Message<Null, byte[]> { Value = body });
                }

                public async Task PublishTracedAsync(string topic, byte[] body)
                {
                    var message = new Message<Null, byte[]> { Value = body, Headers = new Headers() };
                    using (var activity = Source.StartActivity("publish", ActivityKind.Producer))
                    {
                        if (activity != null)
                        {
                            message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(activity.Id));
                        }

                        await _producer.ProduceAsync(topic, message);
                    }
                }
            }
        }
        """;

    private const string Send = """
        using System.Threading.Tasks;
        using Amazon.SQS;

        namespace Mt;

        public class Bus
        {
            private readonly IAmazonSQS _sqs;

            public Bus(IAmazonSQS sqs)
            {
                _sqs = sqs;
            }

            public async Task PublishAsync(string url, string body)
            {
                await _sqs.SendMessageAsync(url, body);
            }
        }
        """;

    // In C# 7.3, what most rules report.
    private const string Service = """
        using System;
        using System.Diagnostics;
        using System.Threading.Tasks;
        using Amazon.SQS;
        using Amazon.SQS.Model;
        using Confluent.Kafka;

        namespace Mt
        {
            public class Service
            {
                private static readonly ActivitySource Source = new ActivitySource("Mt");

                public async Task PublishAsync(IProducer<string, string> producer, string order)
                {
                    using (Source.StartActivity("order " + order))
                    {
                        await producer.ProduceAsync("orders", new Message<string, string> { Value = order });
                    }
                }

                public void Consume(IConsumer<string, string> consumer)
                {
                    var result = consumer.Consume();
                    using (var activity = Source.StartActivity("process", ActivityKind.Consumer))
                    {
                        Console.WriteLine(result.Message.Value);
                    }
                }

                public async Task SendAsync(IAmazonSQS sqs, string url, string order)
                {
                    await sqs.SendMessageAsync(url, order);
                    await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = url, MessageBody = order });
                }

                public async Task ReceiveAsync(IAmazonSQS sqs, string url)
                {
                    var response = await sqs.ReceiveMessageAsync(url);
                    foreach (var message in response.Messages)
                    {
                        using (Source.StartActivity("process", ActivityKind.Consumer))
                        {
                            Console.WriteLine(message.Body);
                        }
                    }
                }

                public string Header(ActivityContext parent) => "00-" + parent.TraceId + "-" + parent.SpanId + "-01";

                public ActivityContext Parent(string traceparent)
                {
                    ActivityContext.TryParse(traceparent, null, out var parent);
                    return parent;
                }
            }
        }
        """;

    // Frameworks, more properties, packages, the code, and whether there is a fix that compiles in both frameworks.
    private static readonly (string Frameworks, string Properties, string Items, string Code, bool IsFixed)[] s_projects =
    [
        ("netstandard2.0;net10.0", "", Kafka, Publish, false),
        ("netstandard2.0;net8.0", "", Kafka + OpenTelemetry, PublishTwice, true),
        ("net6.0;net8.0", "<Nullable>enable</Nullable>", Sqs, Send, true),
        ("net472;net10.0", "", Kafka + Sqs + Spans, Service, true),
        ("net472;net10.0", "<LangVersion>latest</LangVersion>", Kafka + Sqs + Spans, Service, true),
        ("netstandard2.0;net8.0", "", Kafka + Sqs + Spans, Service, true),
        ("netstandard2.0;net8.0", "<LangVersion>latest</LangVersion><Nullable>enable</Nullable>", Kafka + Sqs + OpenTelemetry, Service, true),
        ("net6.0;net8.0", "<LangVersion>7.3</LangVersion>", Kafka + Sqs, Service, true),
        ("net472;net10.0", "", Kafka + Sqs + Spans + OpenTelemetryOfNet10, Service, true),
    ];

    [Fact]
    [Trait("Tier", "Newest")]
    public async Task Format_WritesOneTextThatCompilesInAllFrameworks()
    {
        var solution = new ConsumerSolution(repository, offline: false);
        for (var i = 0; i < s_projects.Length; i++)
        {
            var (frameworks, properties, items, code, _) = s_projects[i];
            solution.Add($"P{i}/P{i}.csproj", ConsumerSolution.TraceLint + items, frameworks, Quiet + properties);
            solution.Write($"P{i}/Orders.cs", code);
        }

        await solution.BuildAsync();
        var rewritten = await FormatAsync(solution);
        for (var i = 0; i < s_projects.Length; i++)
        {
            Assert.Equal(s_projects[i].IsFixed, rewritten[i] != s_projects[i].Code);
            Assert.DoesNotContain("<<<<<<<", rewritten[i], StringComparison.Ordinal);
        }

        await solution.BuildAsync();
        Assert.Equal(rewritten, await FormatAsync(solution));
    }

    private static async Task<string[]> FormatAsync(ConsumerSolution solution)
    {
        await solution.RunAsync(["format", "analyzers", "Shop.slnx", "--severity", "info", "--no-restore", "--diagnostics", .. s_fixable]);
        return [.. s_projects.Select((_, i) => solution.Read($"P{i}/Orders.cs"))];
    }
}
