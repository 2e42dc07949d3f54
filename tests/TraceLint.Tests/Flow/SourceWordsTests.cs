using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Flow;

namespace TraceLint.Tests.Flow;

/// <summary>What counts as a word of a file, which is what all rules ask first.</summary>
public class SourceWordsTests
{
    [Theory]
    [InlineData("producer.Produce(topic);", "Produce")]
    [InlineData("Produce", "Produce")]
    [InlineData("// Produce", "Produce")]
    [InlineData("var s = \"dotnet.consumer.fields\";", "fields")]
    [InlineData("var s = $\"00-{trace}-{span}-01\";", "01")]
    [InlineData("@event.Raise();", "event")]
    [InlineData("a?.B<int>()", "B")]
    [InlineData("größe.Prüfen();", "Prüfen")]
    public void Word_Stands(string source, string word) => Assert.True(Stands(source, word));

    [Theory]
    [InlineData("producer.ProduceAsync(topic);", "Produce")]
    [InlineData("_Produce();", "Produce")]
    [InlineData("Produce2();", "Produce")]
    [InlineData("Übungen", "bungen")]
    [InlineData("produce();", "Produce")]
    [InlineData("", "Produce")]
    public void PartOfWord_DoesNot(string source, string word) => Assert.False(Stands(source, word));

    // A file is read in pieces.
    [Theory]
    [InlineData(4089)]
    [InlineData(4092)]
    [InlineData(4096)]
    [InlineData(8190)]
    public void Word_AcrossPieces_Stands(int start) => Assert.True(Stands(new string(' ', start) + "Produce" + new string(' ', 5000), "Produce"));

    [Fact]
    public void AnyWord_OfAnyFile_StandsAnywhere()
    {
        var compilation = CSharpCompilation.Create("Code", [CSharpSyntaxTree.ParseText("class A;"), CSharpSyntaxTree.ParseText("class B;")]);
        Assert.True(SourceWords.StandAnywhere(["Produce", "B"], compilation, CancellationToken.None));
        Assert.False(SourceWords.StandAnywhere(["Produce"], compilation, CancellationToken.None));
        Assert.False(SourceWords.StandAnywhere([], compilation, CancellationToken.None));
    }

    [Fact]
    public void Cancelled_Throws()
        => Assert.Throws<OperationCanceledException>(() => SourceWords.StandsIn(CSharpSyntaxTree.ParseText("class A;"), "A", new CancellationToken(canceled: true)));

    private static bool Stands(string source, string word) => SourceWords.StandsIn(CSharpSyntaxTree.ParseText(source), word, CancellationToken.None);
}
