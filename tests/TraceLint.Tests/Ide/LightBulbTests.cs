using System.Text;
using Microsoft.CodeAnalysis;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Ide.OrderFlow;

namespace TraceLint.Tests.Ide;

/// <summary>What the light bulb offers, shows and does, as <see cref="LightBulbCheck"/> says it has to be.</summary>
public class LightBulbTests
{
    public static TheoryData<string> FixNames => RuleCatalog.FixNames;

    public static TheoryData<string> Methods
        => ["Publish", "PublishTwiceAsync", "PublishWithSpan", "Consume", "Hand", "Name", "Leak", "Parent", "WorkAsync"];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Action_IsWhatItsPreviewShowsAndCanBeUndone(string method)
    {
        using var session = Open(Faults);
        var squiggle = (await session.SquigglesAsync("Faults.cs", session.SpanOf("Faults.cs", method)))
            .First(one => session.SpanOf("Faults.cs", method).Contains(one.Location.SourceSpan));
        Assert.Equal(1, await LightBulbCheck.VerifyAsync(session, squiggle));
    }

    [Fact]
    public async Task HelperOfTheProject_IsOfferedFirst()
    {
        const string Made = "        var headers = new Headers { { \"customer\", Encoding.UTF8.GetBytes(order.Customer) } };\n";
        var helper = Injecting.Replace("Headers For(Order order)", "void Inject(Headers headers)", StringComparison.Ordinal)
            .Replace(Made, "", StringComparison.Ordinal)
            .Replace("        return headers;\n", "", StringComparison.Ordinal);
        using var session = Open(Publisher(Publish), (HelperFile, helper));
        Assert.Empty(await session.ErrorsAsync());
        var squiggle = Assert.Single(await session.SquigglesAsync(PublisherFile));
        Assert.Equal(2, await LightBulbCheck.VerifyAsync(session, squiggle));

        var actions = await session.LightBulbAsync(squiggle);
        Assert.Equal(
            ["Inject the current trace context with the project's method", "Inject the current trace context"],
            actions.Select(static action => action.Title));
        await session.ApplyAsync(actions[0]);
        Assert.Contains("KafkaHeaders.Inject(", session.Text(PublisherFile), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n", false)]
    [InlineData("\r\n", true)]
    public async Task Bytes_AreKept(string lineEnd, bool withMark)
    {
        var text = Publisher(Publish).Text.ReplaceLineEndings(lineEnd);
        using var session = Open((PublisherFile, ""));
        session.Store(PublisherFile, text, new UTF8Encoding(withMark));
        await session.ApplyAsync((await session.LightBulbAsync(Assert.Single(await session.SquigglesAsync(PublisherFile))))[0]);

        var changed = EditorSession.TextOf(session.Document(PublisherFile));
        Assert.Equal(changed.ToString().ReplaceLineEndings(lineEnd), changed.ToString());
        Assert.Equal(withMark ? 3 : 0, changed.Encoding!.GetPreamble().Length);

        session.Undo();
        var restored = EditorSession.TextOf(session.Document(PublisherFile));
        Assert.Equal(text, restored.ToString());
        Assert.Equal(withMark ? 3 : 0, restored.Encoding!.GetPreamble().Length);
    }

    [Fact]
    public async Task FixAllInDocument_LeavesOtherDocumentsAndOtherRulesAlone()
    {
        using var session = Open(Faults, Publisher(Publish));
        var squiggles = await session.SquigglesAsync("Faults.cs");
        var first = squiggles.First(static one => one.Id == "TL1001");
        await session.FixAllAsync("Faults.cs", first, (await session.LightBulbAsync(first))[0]);

        Assert.Empty(await session.ErrorsAsync());
        Assert.Equal(
            squiggles.Select(static one => one.Id).Where(static id => id != "TL1001"),
            (await session.SquigglesAsync("Faults.cs")).Select(static one => one.Id));
        Assert.Equal(Publisher(Publish).Text, session.Text(PublisherFile));

        session.Undo();
        Assert.Equal(Faults.Text, session.Text("Faults.cs"));
    }

    /// <summary>The first program that the tests of each fix have for it.</summary>
    [Trait("Tier", "Full")]
    [Theory]
    [MemberData(nameof(FixNames))]
    public async Task Fix_IsWhatItsPreviewShowsAndCanBeUndone(string name)
    {
        var (fix, verified) = (RuleCatalog.Fix(name), 0);
        foreach (var snippet in TestSnippets.All.Where(snippet => snippet.Fix == fix.GetType() && !snippet.Reported.IsEmpty).Take(8))
        {
            using var session = new EditorSession(snippet.Setup, snippet.Setup.MoreFiles.Prepend(("Test0.cs", snippet.Source)));
            session.Configure(snippet.Setup.EditorConfig);
            session.Declare(snippet.Setup.Declarations);
            foreach (var squiggle in (await session.SquigglesAsync("Test0.cs")).Where(one => fix.FixableDiagnosticIds.Contains(one.Id)))
            {
                verified += await LightBulbCheck.VerifyAsync(session, squiggle);
            }
        }

        Assert.True(verified > 0, "No action was offered.");
    }
}
