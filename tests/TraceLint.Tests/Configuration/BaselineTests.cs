using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Host;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Configuration;

/// <summary>A baseline silences as many findings of a member as it says, and no other; what it allows in excess is reported.</summary>
public class BaselineTests
{
    private const string TwoInSend = """
        using System.Diagnostics;
        using Confluent.Kafka;

        public class Publisher(IProducer<string, string> producer)
        {
            private static readonly ActivitySource Source = new("Orders");

            public void Send(string json)
            {
                using var activity = Source.StartActivity("send");
                producer.Produce("orders", new Message<string, string> { Value = json });
                producer.Produce("audit", new Message<string, string> { Value = json });
            }

            public void Resend(string json) => producer.Produce("orders", new Message<string, string> { Value = json });
        }
        """;

    private const string Send = "M:Publisher.Send(System.String)";
    private const string Resend = "M:Publisher.Resend(System.String)";

    [Fact]
    public async Task Finding_OfAnEntry_IsNotReported()
        => Assert.Equal(["TL1001 14"], await RunAsync(TwoInSend, $"[Code]\nTL1001 {Send} 2"));

    [Fact]
    public async Task AllMembers_WithEntries_AreSilent()
        => Assert.Empty(await RunAsync(TwoInSend, $"# What was there\n\n[Code]\nTL1001 {Resend} 1  \n\tTL1001   {Send} 2"));

    [Fact]
    public async Task Member_WithMoreThanItsEntrySays_HasAllReported()
        => Assert.Equal(["TL1001 10", "TL1001 11"], await RunAsync(TwoInSend, $"[Code]\nTL1001 {Send} 1\nTL1001 {Resend} 1"));

    [Fact]
    public async Task Entry_OfAnotherRule_AllowsNothing()
        => Assert.Equal(
            ["TL1001 10", "TL1001 11", "TL9003 baseline:2: Baseline allows 2 findings of TL1002 in 'M:Publisher.Send(System.String)', which has none; remove the line"],
            await RunAsync(TwoInSend, $"[Code]\nTL1002 {Send} 2\nTL1001 {Resend} 1"));

    [Fact]
    public async Task Section_OfAnotherProject_SaysNothing()
        => Assert.Equal(["TL1001 10", "TL1001 11", "TL1001 14"], await RunAsync(TwoInSend, $"[Other]\nTL1001 {Send} 2\nTL1001 M:Other.Send 1"));

    [Fact]
    public async Task Section_IsThatOfTheBuildProperty()
        => Assert.Equal(
            ["TL1001 14"],
            await RunAsync(TwoInSend, $"[Code (net8.0)]\nTL1001 {Send} 2\n[Code]\nTL1001 {Resend} 1", "build_property.TraceLintBaselineSection = Code (net8.0)"));

    [Fact]
    public async Task Entry_ThatAllowsMoreThanThereIs_IsStale()
        => Assert.Equal(
            ["TL9003 baseline:2: Baseline allows 3 findings of TL1001 in 'M:Publisher.Send(System.String)', which has 2; lower the number"],
            await RunAsync(TwoInSend, $"[Code]\nTL1001 {Send} 3\nTL1001 {Resend} 1"));

    [Fact]
    public async Task Entry_OfAMemberThatIsGone_IsStale()
        => Assert.Equal(
            ["TL9003 baseline:4: Baseline allows 1 finding of TL1001 in 'M:Publisher.Forward', which does not exist; remove the line"],
            await RunAsync(TwoInSend, $"[Code]\nTL1001 {Send} 2\nTL1001 {Resend} 1\nTL1001 M:Publisher.Forward 1"));

    [Fact]
    public async Task Entry_OfAProjectInWhichNoRuleFindsAnything_IsStale()
        => Assert.Equal(
            ["TL9003 baseline:2: Baseline allows 1 finding of TL1001 in 'M:Empty.Nothing', which has none; remove the line"],
            await RunAsync("public class Empty { public void Nothing() { } }", "[Code]\nTL1001 M:Empty.Nothing 1"));

    [Fact]
    public async Task Entry_OfARuleThatIsOff_IsNotStale()
        => Assert.Empty(await RunAsync(TwoInSend, $"[Code]\nTL1001 {Send} 3", rulesOff: "TL1001"));

    [Fact]
    public async Task Entry_InALambda_IsThatOfItsMethod()
        => Assert.Empty(await RunAsync(
            TwoInSend.Replace("""producer.Produce("orders", new Message<string, string> { Value = json });""", """Run(() => producer.Produce("orders", new Message<string, string> { Value = json }));""", StringComparison.Ordinal)
                .Replace("public void Resend", "private static void Run(System.Action work) => work();\n\n    public void Resend", StringComparison.Ordinal),
            $"[Code]\nTL1001 {Send} 2\nTL1001 {Resend} 1"));

    [Fact]
    public async Task Pragma_DoesNotUseUpAnEntry()
    {
        var source = TwoInSend.Replace(
            "        producer.Produce(\"audit\"",
            "#pragma warning disable TL1001\n        producer.Produce(\"audit\"",
            StringComparison.Ordinal).Replace("    }\n\n", "#pragma warning restore TL1001\n    }\n\n", StringComparison.Ordinal);

        Assert.Empty(await RunAsync(source, $"[Code]\nTL1001 {Send} 1\nTL1001 {Resend} 1"));
    }

    [Fact]
    public async Task MovedLines_ChangeNothing()
        => Assert.Equal(["TL1001 17"], await RunAsync(TwoInSend.Replace("    public void Send", "\n\n\n    public void Send", StringComparison.Ordinal), $"[Code]\nTL1001 {Send} 2"));

    [Theory]
    [InlineData("[Code\nTL1001 M:A.B 1", "The line is not a rule, a documentation id and a count, as in TL1001 M:Shop.Orders.Send 2")]
    [InlineData("[Code]\nTL1001 M:A.B", "The line is not a rule, a documentation id and a count, as in TL1001 M:Shop.Orders.Send 2")]
    [InlineData("[Code]\nTL1001 M:A.B 0", "The line is not a rule, a documentation id and a count, as in TL1001 M:Shop.Orders.Send 2")]
    [InlineData("[Code]\nTL1001 M:A.B 99999999999", "The line is not a rule, a documentation id and a count, as in TL1001 M:Shop.Orders.Send 2")]
    [InlineData("[Code]\nTL7777 M:A.B 1", "The line is not a rule, a documentation id and a count, as in TL1001 M:Shop.Orders.Send 2")]
    [InlineData("TL1001 M:A.B 1", "The line is not in a section; add [<assembly>] above it")]
    public async Task Line_ThatCannotBeRead_IsSaidAndTheRestIsRead(string lines, string problem)
    {
        var reported = await RunAsync(TwoInSend, $"{lines}\n[Code]\nTL1001 {Send} 2\nTL1001 {Resend} 1");

        Assert.All(reported, message => Assert.StartsWith("TL900", message, StringComparison.Ordinal));
        Assert.Contains(reported, message => message.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Line_ThatIsThereTwice_IsSaid()
        => Assert.Equal(
            ["TL9001 baseline:4: The section already has a line for this rule and member; remove one of them"],
            await RunAsync(TwoInSend, $"[Code]\nTL1001 {Send} 2\nTL1001 {Resend} 1\nTL1001 {Send} 1"));

    [Fact]
    public async Task Writing_TurnsEachFindingIntoALine()
        => Assert.Equal(
            [$"TL9003 10: TL1001 {Send}", $"TL9003 11: TL1001 {Send}", $"TL9003 14: TL1001 {Resend}"],
            await RunAsync(TwoInSend, $"[Code]\nTL1001 {Send} 2", "build_property.TraceLintWriteBaseline = true"));

    [Fact]
    public async Task Writing_LeavesOutWhatIsSuppressed()
        => Assert.Equal(
            [$"TL9003 15: TL1001 {Resend}"],
            await RunAsync(
                TwoInSend.Replace("    public void Send", "    [System.Diagnostics.CodeAnalysis.SuppressMessage(\"TraceLint.Publish\", \"TL1001\")]\n    public void Send", StringComparison.Ordinal),
                "",
                "build_property.TraceLintWriteBaseline = true"));

    [Theory]
    [InlineData("Property", "P:Places.Property")]
    [InlineData("Field", "F:Places.Field")]
    [InlineData("Constructor", "M:Places.#ctor(Confluent.Kafka.IProducer{System.String,System.String})")]
    [InlineData("Local", "M:Places.Outer(Confluent.Kafka.IProducer{System.String,System.String})")]
    [InlineData("Partial", "M:Places.Partial(Confluent.Kafka.IProducer{System.String,System.String})")]
    [InlineData("Generic", "M:Places.Inner`1.Generic``1(Confluent.Kafka.IProducer{System.String,System.String},``0,`0)")]
    [InlineData("Explicit", "M:Places.ISender#Explicit(Confluent.Kafka.IProducer{System.String,System.String})")]
    public async Task Member_IsNamedByAnIdThatLeadsBackToIt(string topic, string member)
    {
        const string places = """
            using System;
            using System.Diagnostics;
            using Confluent.Kafka;

            public interface ISender { void Explicit(IProducer<string, string> producer); }

            public partial class Places : ISender
            {
                private static readonly ActivitySource Source = new("Places");

                private static readonly Action<IProducer<string, string>> Field = producer => producer.Produce("Field", new Message<string, string> { Value = "" });

                public Places(IProducer<string, string> producer)
                {
                    using var activity = Source.StartActivity("construct");
                    producer.Produce("Constructor", new Message<string, string> { Value = "" });
                }

                private static IProducer<string, string> Producer => null!;

                public int Property
                {
                    get
                    {
                        Producer.Produce("Property", new Message<string, string> { Value = "" });
                        return 1;
                    }
                }

                public void Outer(IProducer<string, string> producer)
                {
                    Local();

                    void Local() => producer.Produce("Local", new Message<string, string> { Value = "" });
                }

                partial void Partial(IProducer<string, string> producer);

                partial void Partial(IProducer<string, string> producer) => producer.Produce("Partial", new Message<string, string> { Value = "" });

                void ISender.Explicit(IProducer<string, string> producer) => producer.Produce("Explicit", new Message<string, string> { Value = "" });

                public class Inner<T>
                {
                    public void Generic<U>(IProducer<string, string> producer, U u, T t)
                        => producer.Produce("Generic", new Message<string, string> { Value = "" });
                }
            }
            """;
        var line = places.Split('\n').ToList().FindIndex(text => text.Contains($"\"{topic}\"", StringComparison.Ordinal));

        var written = await RunAsync(places, "", "build_property.TraceLintWriteBaseline = true");
        Assert.Contains($"TL9003 {line}: TL1001 {member}", written);

        Assert.DoesNotContain($"TL1001 {line}", await RunAsync(places, $"[Code]\nTL1001 {member} 1"));
    }

    [Fact]
    public async Task Written_SilencesEverything()
    {
        var lines = await RunAsync(TwoInSend, "", "build_property.TraceLintWriteBaseline = true");
        var entries = lines.Select(static line => line.Split(": ")[1]).GroupBy(static line => line).Select(static lines => $"{lines.Key} {lines.Count()}");

        Assert.Empty(await RunAsync(TwoInSend, $"[Code]\n{string.Join('\n', entries)}"));
    }

    private static async Task<IEnumerable<string>> RunAsync(string source, string baseline, string config = "", string? rulesOff = null)
    {
        var compilation = Analysis.Compile([CSharpSyntaxTree.ParseText(source, path: "/0/Code.cs")], References.KafkaAndOpenTelemetry);
        compilation = rulesOff is null
            ? compilation
            : compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(ImmutableDictionary<string, ReportDiagnostic>.Empty.Add(rulesOff, ReportDiagnostic.Suppress)));
        var reported = await Analysis.RunAsync(compilation, UserSettings.Of(config, ("/TraceLint.baseline", baseline)), AllRules.Create());
        return reported.Where(static diagnostic => !diagnostic.IsSuppressed).Select(Text).Order(StringComparer.Ordinal);

        static string Text(Diagnostic diagnostic)
        {
            var line = diagnostic.Location.GetLineSpan().StartLinePosition.Line;
            var message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
            return diagnostic.Location.IsInSource
                ? diagnostic.Id.StartsWith("TL9", StringComparison.Ordinal) ? $"{diagnostic.Id} {line}: {message}" : $"{diagnostic.Id} {line}"
                : $"{diagnostic.Id} baseline:{line + 1}: {message}";
        }
    }
}
