using System.Diagnostics;
using TraceLint.Tests.Verification;
using Xunit.Abstractions;

namespace TraceLint.Tests.Robustness.Containers;

/// <summary>
/// The programs of the tests in every container that C# has, with all rules and all fixes: nothing throws, and no fix breaks what compiles. Which
/// container a program gets is a hash of its name, so that every run is the same.
/// </summary>
public class ContainerTests(ITestOutputHelper output)
{
    /// <summary>Set to 1, every program runs in every container and in as many pairs, for hours; set to 20, one program in 20. Unset, one in 200.</summary>
    private const string ProductVariable = "TRACELINT_CONTAINERS";

    private const int DefaultShare = 200;

    private static readonly IReadOnlyList<Container> s_inner = [.. Container.All.Where(static container => container.Statements is not null)];

    [Fact]
    public async Task SomePrograms_InAContainer()
    {
        var run = await RunAsync(share: 5, programs: 10, new ContainerRun(fixesEverything: false), static hash => [SingleOf(hash)]);
        AssertFloors(run, programs: 400, reported: 150, @fixed: 80);
    }

    [Fact]
    [Trait("Tier", "Newest")]
    public async Task EveryProgram_InAContainerAndInAPair()
    {
        var run = await RunAsync(share: 1, programs: 10, new ContainerRun(fixesEverything: false), static hash => [SingleOf(hash), PairOf(hash, 0)]);
        AssertFloors(run, programs: 4000, reported: 1500, @fixed: 700);
    }

    [Fact]
    [Trait("Tier", "Newest")]
    public async Task Product()
    {
        var share = int.TryParse(Environment.GetEnvironmentVariable(ProductVariable), out var set) ? set : DefaultShare;
        await RunAsync(share, programs: 1, new ContainerRun(fixesEverything: true), static hash
            => [.. Container.All.Select(static container => (container, (Container?)null)), .. Enumerable.Range(0, Container.All.Count).Select(i => PairOf(hash, i))]);
    }

    private static (Container, Container?) SingleOf(int hash) => (Container.All[hash % Container.All.Count], null);

    private static (Container, Container?) PairOf(int hash, int step)
        => (Container.All[((hash / 31) + step) % Container.All.Count], s_inner[((hash / 1009) + (step * 7)) % s_inner.Count]);

    /// <param name="share">One program in so many is put into containers.</param>
    /// <param name="programs">One of these in so many is made a program with top-level statements, too.</param>
    private async Task<ContainerRun> RunAsync(int share, int programs, ContainerRun run, Func<int, IReadOnlyList<(Container, Container?)>> containersOf)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            TestSnippets.All.Where(snippet => HashOf(snippet.Name) % share == 0),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (snippet, _) =>
            {
                var hash = HashOf(snippet.Name) / share;
                await run.WrapAsync(snippet, containersOf(hash));
                if (hash % programs == 0)
                {
                    await run.WrapInProgramAsync(snippet);
                }
            });
        output.WriteLine($"{run.Programs} programs, {run.Compiled} without compile errors, {run.Reported} diagnostics, {run.Fixed} fixes applied, {watch.Elapsed}");
        foreach (var (name, count) in run.Containers.Where(static one => !one.Key.Contains('+')).OrderBy(static one => one.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{name}: {count.Compiled} of {count.Programs}");
        }

        Assert.True(run.Failures.IsEmpty, $"{run.Failures.Count} failures\n{string.Join("\n\n", run.Failures.Order(StringComparer.Ordinal).Take(20))}");
        return run;
    }

    // A rewriter that makes nonsense of the programs would find nothing.
    private static void AssertFloors(ContainerRun run, int programs, int reported, int @fixed)
    {
        Assert.True(run.Programs >= programs, $"{run.Programs} programs");
        Assert.True(run.Compiled >= run.Programs * 0.85, $"Of {run.Programs} programs, {run.Compiled} compile.");
        Assert.True(run.Reported >= reported, $"{run.Reported} diagnostics");
        Assert.True(run.Fixed >= @fixed, $"{run.Fixed} fixes");
        Assert.All(Container.All, container => Assert.True(run.Containers.TryGetValue(container.Name, out var count) && count.Compiled > 0, container.Name));
        Assert.True(run.Containers.TryGetValue("program", out var count) && count.Compiled > 0);
    }

    // The same in every process, which that of string is not.
    private static int HashOf(string text)
    {
        var hash = 2166136261;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 16777619;
        }

        return (int)((hash ^ (hash >> 15)) & int.MaxValue);
    }
}
