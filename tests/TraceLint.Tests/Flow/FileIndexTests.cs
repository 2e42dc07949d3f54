using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Flow;

namespace TraceLint.Tests.Flow;

/// <summary>What is found in a file without asking what it means.</summary>
public class FileIndexTests
{
    [Theory]
    [InlineData("Run();", "Run")]
    [InlineData("Task.Run(() => { });", "Run")]
    [InlineData("worker?.Run<int>();", "Run")]
    [InlineData("a.Run().Run();", "Run", 2)]
    [InlineData("_ = nameof(Run);", "Run", 0)]
    [InlineData("work(); Other();", "Run", 0)]
    public void Calls(string code, string name, int count = 1) => Assert.Equal(count, Count(Of(code).Calls, name));

    [Theory]
    [InlineData("_ = new Timer(tick);", "Timer")]
    [InlineData("_ = new System.Threading.Timer(tick) { };", "Timer")]
    [InlineData("_ = new global::Timer();", "Timer")]
    [InlineData("_ = new Measurement<int>(1);", "Measurement")]
    [InlineData("Timer timer = new(tick, null);", "")]
    [InlineData("Timer timer = new(tick);", "", 0)]
    [InlineData("_ = new int[3]; _ = new { A = 1 };", "int", 0)]
    public void Creations(string code, string name, int count = 1) => Assert.Equal(count, Count(Of(code).Creations, name));

    [Theory]
    [InlineData("headers[\"traceparent\"] = id;", "traceparent")]
    [InlineData("message.Headers[Names.TraceParent] = id;", "TraceParent")]
    [InlineData("_ = new Bag { [Parent] = id };", "Parent")]
    [InlineData("_ = new Bag { { \"traceparent\", id } };", "traceparent")]
    [InlineData("headers[0, 1] = id; headers[Key()] = id;", "Key", 0)]
    [InlineData("headers[\"traceparent\"] += id; _ = headers[\"traceparent\"];", "traceparent", 0)]
    [InlineData("_ = new Bag { \"traceparent\" };", "traceparent", 0)]
    public void Entries(string code, string key, int count = 1) => Assert.Equal(count, Count(Of(code).Entries, key));

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("do { } while (!stopping.IsCancellationRequested);")]
    [InlineData("for (;;) { }")]
    [InlineData("while (running && healthy == false) { }")]
    [InlineData("while (await timer.WaitForNextTickAsync()) { }")]
    [InlineData("await foreach (var item in channel.Reader.ReadAllAsync().ConfigureAwait(false)) { }")]
    [InlineData("for (var i = 0; i < 3; i++) { }", 0)]
    [InlineData("while (i != 3) { }", 0)]
    [InlineData("foreach (var item in items) { }", 0)]
    public void Loops(string code, int count = 1) => Assert.Equal(count, Of(code).Loops.Count);

    [Theory]
    [InlineData("using var a = b;")]
    [InlineData("using (a) { }")]
    [InlineData("using (var a = b) using (c) { }", 2)]
    [InlineData("await using var a = b;")]
    [InlineData("var a = b; { }", 0)]
    public void Usings(string code, int count = 1) => Assert.Equal(count, Of(code).Scopes.Count);

    [Fact]
    public void HalfTypedCode_IsRead() => Assert.Equal(1, Count(Of("headers[ = ; new (, ; while ( Run(").Calls, "Run"));

    private static int Count(IReadOnlyDictionary<string, List<TextSpan>> places, string name) => places.TryGetValue(name, out var spans) ? spans.Count : 0;

    private static FileIndex Of(string code) => FileIndex.Of(CSharpSyntaxTree.ParseText(code), CancellationToken.None);
}
