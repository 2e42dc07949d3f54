using TraceLint.Model;

namespace TraceLint.Proofs.Flow;

/// <summary>The table of what flows, which the rules about work inside the process rest on, is what .NET does: every row is run.</summary>
[Collection(nameof(FlowTableProofs))]
public class FlowTableProofs
{
    public static TheoryData<string> Apis => [.. FlowTable.Rows.Select(static row => row.Api)];

    [Theory]
    [MemberData(nameof(Apis))]
    public void Row_IsWhatTheWorkSees(string api)
    {
        var row = Row(api);
        Assert.All(FlowPrograms.Of(api), program => Assert.Equal(row.Sees, FlowProbe.Run(program, suppressed: false)));
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public void Row_IsWhatTheWorkSeesWhereFlowIsSuppressed(string api)
    {
        if (Row(api).Suppressed is { } seen)
        {
            Assert.All(FlowPrograms.Of(api), program => Assert.Equal(seen, FlowProbe.Run(program, suppressed: true)));
        }
    }

    [Fact]
    public void EveryProgram_IsOfARow()
        => Assert.Equal(FlowTable.Rows.Select(static row => row.Api).Order(StringComparer.Ordinal), FlowPrograms.Apis.Order(StringComparer.Ordinal));

    private static FlowFact Row(string api) => FlowTable.Rows.Single(row => row.Api == api);

    /// <summary>Not beside the runs of programs, which record every span of the process.</summary>
    [CollectionDefinition(nameof(FlowTableProofs), DisableParallelization = true)]
    public class Alone;
}
