namespace TraceLint.Proofs.Kit;

/// <summary>What is said of a proof that failed: the program and the traces of all its runs.</summary>
internal sealed class ProofReport
{
    public required bool IsSampled { get; init; }

    public required string Program { get; init; }

    public required IReadOnlyCollection<RecordedSpan> Before { get; init; }

    public IReadOnlyCollection<RecordedSpan> After { get; init; } = [];

    /// <summary>Fails unless spans have the shape that is expected of them.</summary>
    public void Check(string when, string expected, IReadOnlyCollection<RecordedSpan> spans)
    {
        if (Shape.Of(spans).ToString() is var actual && actual != expected)
        {
            Assert.Fail($"""
                The traces {when} are not what they should be, under a root that is {(IsSampled ? "sampled" : "not sampled")}.
                Expected: {expected}
                Actual:   {actual}

                {TraceTree.Text("Before", Before)}
                {TraceTree.Text("After", After)}
                {Program}
                """);
        }
    }
}
