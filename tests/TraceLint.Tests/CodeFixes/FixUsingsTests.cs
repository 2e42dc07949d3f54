using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.CodeFixes;

/// <summary>Where the usings go that a fix needs. Kafka's fix stands for all.</summary>
public class FixUsingsTests
{
    private static Task Verify(string usings, string @fixed, string config = "") => Verify<TL1001_KafkaPublishWithoutContext>.Fix<TL1001_InjectIntoKafkaMessage>(
        $$"""
        {{usings}}

        class Sample
        {
            public void Send(IProducer<string, string> producer)
            {
                var message = new Message<string, string> { Value = "a", Headers = new Headers() };
                producer.[|Produce|]("orders", message);
            }
        }
        """,
        $$"""
        {{@fixed}}

        class Sample
        {
            public void Send(IProducer<string, string> producer)
            {
                var message = new Message<string, string> { Value = "a", Headers = new Headers() };
                DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                {
                    message.Headers.Remove(key);
                    message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                producer.Produce("orders", message);
            }
        }
        """,
        Setup.SystemDiagnostics with { EditorConfig = config });

    [Fact]
    public Task SystemFirst_WhereTheFileDoesSo() => Verify(
        "using System.Collections;\nusing Confluent.Kafka;",
        "using System.Collections;\nusing System.Diagnostics;\nusing System.Text;\nusing Confluent.Kafka;");

    [Fact]
    public Task ByName_WhereTheFileDoesSo() => Verify(
        "using Confluent.Kafka;\nusing System.Collections;",
        "using Confluent.Kafka;\nusing System.Collections;\nusing System.Diagnostics;\nusing System.Text;");

    [Fact]
    public Task ByName_WhereTheFileCouldDoEitherAndIsConfiguredSo() => Verify(
        "using Confluent.Kafka;",
        "using Confluent.Kafka;\nusing System.Diagnostics;\nusing System.Text;",
        "[*.cs]\ndotnet_sort_system_directives_first = false\n");

    [Fact]
    public Task AfterTheLast_WhereThereIsNoOrder() => Verify(
        "using System.Threading;\nusing Confluent.Kafka;\nusing System.Collections;\nusing static System.Math;",
        "using System.Threading;\nusing Confluent.Kafka;\nusing System.Collections;\nusing System.Diagnostics;\nusing System.Text;\nusing static System.Math;");

    [Fact]
    public Task GroupsStayApart() => Verify(
        "using System;\nusing System.Threading;\n\nusing Confluent.Kafka;",
        "using System;\nusing System.Diagnostics;\nusing System.Text;\nusing System.Threading;\n\nusing Confluent.Kafka;");

    [Fact]
    public Task NotIntoAConditionalPart() => Verify(
        "using System;\n#if !NEVER\nusing System.Net;\n#endif\nusing Confluent.Kafka;",
        "using System;\nusing System.Diagnostics;\nusing System.Text;\n#if !NEVER\nusing System.Net;\n#endif\nusing Confluent.Kafka;");

    [Fact]
    public Task HeaderStaysOnTop() => Verify(
        "// Licensed.\n\nusing Confluent.Kafka;",
        "// Licensed.\n\nusing System.Diagnostics;\nusing System.Text;\nusing Confluent.Kafka;");
}
