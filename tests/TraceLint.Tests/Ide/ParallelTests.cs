
namespace TraceLint.Tests.Ide;

/// <summary>An IDE asks from several threads at once.</summary>
public class ParallelTests
{
    [Fact]
    public async Task FourThreads_GetTheSameAnswer()
    {
        using var session = Open();
        var names = new[] { "Faults.cs", OrderFlow.PublisherFile, OrderFlow.HelperFile, "Faults.cs" };
        var whole = await AskAsync(Open(), names[0]);
        var answers = await Task.WhenAll(names.Select(name => Task.Run(() => AskAsync(session, name))));
        Assert.Equal(whole, answers[0]);
        Assert.Equal(whole, answers[3]);
        Assert.Single(answers[1]);
        Assert.Empty(answers[2]);
    }

    [Fact]
    public async Task FourMethods_AreAskedForAtOnce()
    {
        using var session = OrderFlow.Open(OrderFlow.Faults);
        var (snapshot, file) = (await session.SnapshotAsync("Faults.cs"), (await session.Document("Faults.cs").GetSyntaxTreeAsync())!);
        var spans = s_methods.Select(method => session.SpanOf("Faults.cs", method)).ToList();
        var answers = await Task.WhenAll(spans.Select(span => Task.Run(() => snapshot.SquigglesAsync(file, span))));
        Assert.Equal(
            ["TL1001", "TL2001", "TL3009", "TL5001"],
            spans.Zip(answers, static (span, answer) => answer.First(one => span.Contains(one.Location.SourceSpan)).Id));
    }

    private static readonly string[] s_methods = ["Publish", "Consume", "Leak", "Name"];

    private static EditorSession Open() => OrderFlow.Open(
        OrderFlow.Faults, OrderFlow.Publisher(OrderFlow.PublishWithHelper), (OrderFlow.HelperFile, OrderFlow.NotInjecting));

    private static async Task<IReadOnlyList<string>> AskAsync(EditorSession session, string name)
        => [.. (await session.SquigglesAsync(name)).Select(static one => one.ToString())];
}
