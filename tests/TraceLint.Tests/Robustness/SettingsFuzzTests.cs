using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Configuration;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness;

/// <summary>
/// Whatever stands in a declaration file or behind a setting: no rule throws, and how much is read and said is bounded. The same
/// inputs every time.
/// </summary>
public class SettingsFuzzTests
{
    private static readonly string[] s_pieces =
    [
        "inject", "extract", "publish", "consume", "carrier", "span_start", "tracing_program", "untraced_program", "instrumented_transport", "#", "# x", "\t", "  ",
        "M:", "M:Acme.Messaging.IBus.Publish", "M:Acme.Messaging.IBus.Publish*", "M:Acme.*", "M:*", "T:Acme.Messaging.HeaderBag", "T:Acme.Messaging.Letter`1", "N:Acme", "N:*",
        "P:Acme.Messaging.Envelope.Headers", "M:Acme.Messaging.IBus.Mail``1(Acme.Messaging.Letter{``0})", "M:Acme.Messaging.Envelope.#ctor", "M:A.B(", "M:.", "M:a..b", "M:System.Str*", "T:System.String",
        "carrier=", "carrier=none", "carrier=return", "carrier=envelope.Headers", "carrier=bag", "carrier=a.b.c.d", "carrier=.", "write=", "write=\"carrier.Put(key, value)\"", "write=\"", "write=\"\"\"\"",
        "write=\"} { carrier key value\"", "write=\"carrier[key] = value; //\"", "read=carrier.Peek(key)", "read=\"carrier[\"\"key\"\"]\"", "new=\"new Acme.Messaging.HeaderBag()\"", "new=default", "=", "==", "\"", "kafka", "all", "git*", "\0", "é\u2028\ud800", "|", "||",
    ];

    private static readonly Compilation s_code = Analysis.Compile([CSharpSyntaxTree.ParseText(BusCode.Bus("""
        var bag = new HeaderBag();
        bag.Put("type", "placed");
        bus.Post("orders", bag, body);
        bus.Publish(new Envelope("orders", body));
        bus.Emit("orders", body);
        TraceHeaders.Read(bus.Receive().Envelope);
        using var activity = source.StartActivity("process");
        """))], References.Newest.Add(BusCode.Library));

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Trait("Tier", "Full")]
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task LinesThatLookValid_NeverThrow(int seed)
    {
        var random = new Random(seed);
        var config = string.Join('\n', KnownOptions.All.Where(_ => random.Next(2) == 0).Select(option
            => $"{Option.Prefix}{(random.Next(3) == 0 ? "TL1003." : "")}{option.Name} = {Line(random)}"));

        AssertBounded(await Analysis.RunAsync(s_code, UserSettings.Of(config, ("TraceLint.Fuzz.txt", Lines(random, 12)))));
    }

    [Trait("Tier", "Full")]
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Bytes_NeverThrow(int seed)
    {
        var bytes = new byte[400];
        new Random(seed).NextBytes(bytes);
        var text = Encoding.Latin1.GetString(bytes);

        AssertBounded(await Analysis.RunAsync(s_code, UserSettings.Of($"tracelint.{text} = {text}\ntracelint.inject_methods = {text}\ntracelint.TL1001.tracing = {text}", ("TraceLint.Fuzz.txt", text))));
    }

    [Trait("Tier", "Full")]
    [Fact]
    public void ManyLines_AreReadOrReportedOneByOne()
    {
        var random = new Random(1);
        for (var i = 0; i < 3_000; i++)
        {
            var file = Read(Lines(random, 5));
            Assert.True(file.Lines.Length + file.Problems.Length <= 2 * 5);
        }
    }

    [Trait("Tier", "Full")]
    [Theory]
    [InlineData(200_000, "inject M:Acme.Messaging.TraceHeaders.Write\n")]
    [InlineData(200_000, "nonsense\n")]
    [InlineData(2_000_000, "x")]
    [InlineData(100_000, "write=\"(((((\" ")]
    [InlineData(200_000, "\n")]
    public void HugeFile_IsReadUpToABound(int times, string piece)
    {
        var file = Read(new StringBuilder(times * piece.Length).Insert(0, piece, times).ToString());

        Assert.True(file.Lines.Length <= 10_000);
        Assert.InRange(file.Problems.Length, piece == "\n" ? 0 : 1, 101);
    }

    [Trait("Tier", "Full")]
    [Fact]
    public async Task HugeFile_IsAnalyzed()
        => AssertBounded(await Analysis.RunAsync(s_code, UserSettings.Of("", ("TraceLint.Fuzz.txt", string.Concat(Enumerable.Repeat("publish M:Acme.Messaging.IBus.Publish*\n", 2_000))))));

    private static void AssertBounded(IEnumerable<Diagnostic> diagnostics)
        => Assert.All(diagnostics, static diagnostic => Assert.DoesNotContain('\n', diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));

    private static DeclarationFile Read(string text) => DeclarationFile.Of(new Text(text), CancellationToken.None)!;

    private static string Lines(Random random, int count) => string.Join('\n', Enumerable.Range(0, count).Select(_ => Line(random)));

    private static string Line(Random random) => string.Join(random.Next(4) == 0 ? "" : " ", Enumerable.Range(0, random.Next(1, 5)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));

    private sealed class Text(string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text);

        public override string Path => "TraceLint.Fuzz.txt";

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }
}
