using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness;

/// <summary>One defect is reported once: by one rule, at one place.</summary>
public class OneReportTests
{
    private static async Task<List<string>> Reports(params (string Name, string Source)[] files)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        // Every statement gets a line of its own.
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(CSharpSyntaxTree.ParseText(file.Source, options).GetRoot().NormalizeWhitespace().ToFullString(), options, file.Name))
            .Append(CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;", options));
        return [.. (await Analysis.RunAsync(Analysis.Compile(trees, References.Newest)))
            .Select(static diagnostic => $"{Path.GetFileName(diagnostic.Location.SourceTree!.FilePath)}({diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}): {diagnostic.Id}")];
    }

    [Fact]
    public async Task Idioms_HaveNoLineWithTwo()
    {
        var reports = await Reports([.. Repo.Sources("tests", "TraceLint.Tests", "Cases", "idioms").Select(static file => (file, File.ReadAllText(file)))]);

        Assert.True(reports.Count > 30, "The idioms are not understood.");
        Assert.Empty(reports.GroupBy(static report => report[..report.IndexOf(':', StringComparison.Ordinal)]).Where(static line => line.Count() > 1).Select(static line => string.Join(", ", line)));
    }

    private static async Task<string> Publish(string statements) => string.Join(' ', (await Reports(("Code.cs", KafkaCode.Method(
        statements,
        """
        private static void Inject(Message<string, string> message)
        {
            message.Headers ??= new Headers();
            DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (headers, key, value) => ((Headers)headers!).Add(key, Encoding.UTF8.GetBytes(value)));
        }
        """)))).Select(static report => report[^6..]));

    // By another name of the variable the publish would be left alone anyway: its condition would be seen to be about a span.
    private const string Start = """
        using var a = source.StartActivity("send");
        var message = new Message<string, string> { Value = order.Id };

        """;

    [Theory]
    [InlineData("if (a == null) { await producer.ProduceAsync(\"orders\", message); return; } Inject(message); await producer.ProduceAsync(\"orders\", message);")]
    [InlineData("if (a is not { } span) { await producer.ProduceAsync(\"orders\", message); return; } Inject(message); await producer.ProduceAsync(\"orders\", message);")]
    [InlineData("if (a != null) { Inject(message); await producer.ProduceAsync(\"orders\", message); } else { await producer.ProduceAsync(\"orders\", message); }")]
    public async Task SkippedInjection_IsNotReportedAsAPublishToo(string statements) => Assert.Equal("TL1004", await Publish(Start + statements));

    [Theory]
    [InlineData("if (a == null) { await producer.ProduceAsync(\"orders\", new Message<string, string> { Value = \"other\" }); return; } Inject(message); await producer.ProduceAsync(\"orders\", message);")]
    [InlineData("if (order.Lines.Length == 0) { await producer.ProduceAsync(\"orders\", message); return; } Inject(message); await producer.ProduceAsync(\"orders\", message);")]
    [InlineData("await producer.ProduceAsync(\"orders\", message);")]
    public async Task PublishOfItsOwn_IsReportedAsOne(string statements) => Assert.Equal("TL1001", await Publish(Start + statements));

    private const string Injected = "var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };\n";

    private const string Set = "(headers, key, value) => ((Headers)headers!).Add(key, Encoding.UTF8.GetBytes(value))";

    [Theory]
    [InlineData("DistributedContextPropagator.Current.Inject(null, message.Headers, " + Set + ");")]
    [InlineData("DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (headers, key, value) => { });")]
    [InlineData("DistributedContextPropagator.CreateNoOutputPropagator().Inject(Activity.Current, message.Headers, " + Set + ");")]
    public async Task InjectionThatWritesNothing_IsNotReportedAsAPublishToo(string inject)
        => Assert.Equal("TL1006", await Publish(Injected + inject + "await producer.ProduceAsync(\"orders\", message);"));

    [Fact]
    public async Task InjectionThatWritesNothing_IsNotReportedAsSkippedToo() => Assert.Equal("TL1006", await Publish(Injected + """
        using var a = source.StartActivity("send");
        if (a != null) { DistributedContextPropagator.Current.Inject(a, message.Headers, (headers, key, value) => { }); }
        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public async Task InjectionThatWritesNothing_DoesNotSilenceAnotherPublish() => Assert.Equal("TL1001 TL1006", await Publish(Injected + $$"""
        DistributedContextPropagator.Current.Inject(null, message.Headers, {{Set}});
        await producer.ProduceAsync("orders", message);
        await producer.ProduceAsync("orders", new Message<string, string> { Value = "other" });
        """));
}
