using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TraceLint.Proofs.Kit;

/// <summary>
/// A program whose trace breaks, and what its traces look like before and after the fix; or, without <see cref="Broken"/>, a
/// program that no rule may say anything about, because its trace is whole.
/// </summary>
public sealed record Proof
{
    /// <summary>The program; see <see cref="ServiceCode"/>.</summary>
    public required string Code { get; init; }

    /// <summary>The <see cref="Shape"/> of its traces under a sampled root.</summary>
    public string? Broken { get; init; }

    /// <summary>The same under an unsampled root, where it is not what is left of <see cref="Broken"/>.</summary>
    public string? BrokenUnsampled { get; init; }

    /// <summary>The shape after the fix, under a sampled root; under an unsampled one, what is left of it.</summary>
    public required string Whole { get; init; }

    /// <summary>The dialects in which the program makes sense.</summary>
    public Dialect Dialects { get; init; } = Dialect.Both;

    public LanguageVersion Language { get; init; } = LanguageVersion.Latest;

    /// <summary>What the project declares, in an additional file.</summary>
    public string Declarations { get; init; } = "";

    /// <summary>How many messages there are for a program that receives.</summary>
    public int Incoming { get; init; } = 1;

    /// <summary>Whether these messages have an older traceparent before the right one, as Kafka's may.</summary>
    public bool IsForwarded { get; init; }

    /// <summary>Whether a span that has not ended by the end of a run will not end at all.</summary>
    internal bool LeavesSpansOpen => $"{Broken}{BrokenUnsampled}{Whole}".Contains("never ended", StringComparison.Ordinal);

    /// <summary>Whether the break shows under a root that is sampled, or is not.</summary>
    internal bool IsBroken(bool isSampled) => Before(isSampled) != After(isSampled);

    /// <summary>Runs the program broken, fixes it with the fix for a rule, and runs it fixed.</summary>
    internal async Task FixAsync(string rule, Dialect dialect)
    {
        Assert.True(IsBroken(true) || IsBroken(false), "What is broken and what is whole look the same.");
        var program = new SourceProgram(Code, dialect, Language, Declarations, enabled: rule);
        Assert.Contains(rule, (await program.AnalyzeAsync()).Select(static diagnostic => diagnostic.Id));
        var rewritten = await program.FixAsync(rule);
        Assert.True(rewritten.Text != program.Text, $"No fix is offered for {rule} in:\n{program.Text}");
        Assert.DoesNotContain(rule, (await rewritten.AnalyzeAsync()).Select(static diagnostic => diagnostic.Id));
        Assert.Equal(rewritten.Text, (await rewritten.FixAsync(rule)).Text);
        Assert.Empty((await rewritten.WarningsAsync()).Except(await program.WarningsAsync()));

        var (before, after) = (await program.CompileAsync(), await rewritten.CompileAsync());
        foreach (var isSampled in new[] { true, false })
        {
            var broken = await ProgramRun.Of(before, dialect, isSampled, this);
            var whole = await ProgramRun.Of(after, dialect, isSampled, this);
            var report = new ProofReport { IsSampled = isSampled, Before = broken, After = whole, Program = rewritten.Text };
            report.Check("before the fix", Before(isSampled), broken);
            report.Check("after the fix", After(isSampled), whole);
        }
    }

    /// <summary>Runs a program that no rule says anything about.</summary>
    internal async Task StandAsync(Dialect dialect)
    {
        var program = new SourceProgram(Code, dialect, Language, Declarations);
        Assert.Empty((await program.AnalyzeAsync()).Select(static diagnostic => diagnostic.ToString()));
        var image = await program.CompileAsync();
        foreach (var isSampled in new[] { true, false })
        {
            var spans = await ProgramRun.Of(image, dialect, isSampled, this);
            new ProofReport { IsSampled = isSampled, Before = spans, Program = program.Text }.Check("", After(isSampled), spans);
        }
    }

    private string Before(bool isSampled)
        => !isSampled && BrokenUnsampled is { } shape ? Shape.Parse(shape).ToString() : Under(isSampled, Broken ?? Whole);

    private string After(bool isSampled) => Under(isSampled, Whole);

    private static string Under(bool isSampled, string shape)
        => (isSampled ? Shape.Parse(shape) : Shape.Parse(shape).WhenUnsampled()).ToString();
}
