using TraceLint.Configuration;
using TraceLint.Facts;

namespace TraceLint.Tests.Facts;

/// <summary>The text of the attribute. A wrong fact is worse than none, so what is not understood says nothing.</summary>
public class FactTextTests
{
    private const string Inject = "inject M:Acme.Tracing.Inject(Confluent.Kafka.Headers) carrier=headers";
    private const string Publish = "publish M:Acme.Bus`1.Send``2(Confluent.Kafka.Message{`0,``1},System.String[]) carrier=message";

    /// <summary>Corrupt, of another tool, of a later version, too much, or of a kind that facts cannot be of.</summary>
    public static TheoryData<string> NotUnderstood =>
    [
        "",
        "1",
        "1\n",
        "0\n" + Inject,
        "2\n" + Inject,
        "1.1\n" + Inject,
        " 1\n" + Inject,
        Inject,
        "1\r\n" + Inject + "\r\n",
        "1\n" + Inject + "\n",
        "1\n" + Inject + "\nsomething M:Acme.Tracing.Extract carrier=headers",
        "1\n" + Inject + "\n# comment",
        "1\ninject M:Acme.Tracing.Inject",
        "1\ninject M:Acme.Tracing.Inject carrier=message.Headers",
        "1\ninject M:Acme.Tracing.Inject carrier=headers\0",
        "1\ninject M:Acme.Tracing.* carrier=headers",
        "1\ninject T:Acme.Tracing carrier=headers",
        "1\nspan_start M:Acme.Tracing.Start",
        "1\npublish M:Acme.Bus.Send carrier=headers write=\"carrier[key] = value\"",
        "1\npublish M:Acme.Bus.Send carrier=\"",
        "<facts version=\"1\" />",
        "\uD800\0\uFFFF",
        "1\n" + new string('x', 1_000),
        "1\n" + string.Join('\n', Enumerable.Repeat(Inject, 5_000)),
        "1\n" + Inject + new string('\n', 300_000),
    ];

    [Theory]
    [MemberData(nameof(NotUnderstood))]
    public void NotUnderstood_SaysNothing(string text) => Assert.Empty(FactText.Read(text));

    [Fact]
    public void Written_IsRead()
    {
        var facts = FactText.Read(FactText.Write([Publish, Inject])!);

        Assert.Equal([DeclarationKind.Inject, DeclarationKind.Publish], facts.Select(static fact => fact.Kind));
        Assert.Equal([Inject.Split(' ')[1], Publish.Split(' ')[1]], facts.Select(static fact => fact.Symbol!.Id));
        Assert.Equal(["headers", "message"], facts.Select(static fact => fact.Part(Declaration.PartNames.Carrier)));
    }

    [Fact]
    public void Lines_AreWrittenOnceAndInOrder()
        => Assert.Equal($"1\n{Inject}\n{Publish}", FactText.Write([Publish, Inject, Publish]));

    [Fact]
    public void Nothing_IsNotWritten() => Assert.Null(FactText.Write([]));

    /// <summary>A text that is written is never too long to be read.</summary>
    [Fact]
    public void TooMuch_IsCutOff()
    {
        var text = FactText.Write(Enumerable.Range(0, 5_000).Select(static number => Inject.Replace("Tracing", $"Tracing{number}", StringComparison.Ordinal)))!;

        Assert.InRange(FactText.Read(text).Length, 1_000, 4_999);
    }
}
