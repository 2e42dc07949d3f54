using System.Collections.Concurrent;

namespace TraceLint.Tests.Ledger;

/// <summary>
/// What all rules together say about the samples, the decoys, the cases and every snippet of the tests, line by line: a change of a
/// verdict, a message, its evidence or an offered fix shows in the diff of these files. With TRACELINT_WRITE_LEDGER=1 they are written.
/// </summary>
public class LedgerTests
{
    private const string Variable = "TRACELINT_WRITE_LEDGER";
    private const int MostShown = 20;

    public static TheoryData<string> Names => [.. LedgerFiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task File_IsWhatTheRulesSay(string name)
    {
        var lines = await LinesAsync(name);
        var path = LedgerFiles.PathOf(name);
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            await File.WriteAllTextAsync(path, string.Concat(lines.Select(static line => line + "\n")));
        }

        var written = File.Exists(path) ? await File.ReadAllLinesAsync(path) : [];
        Assert.True(
            written.SequenceEqual(lines),
            $"{name}.txt differs. If that is meant, run this test with {Variable}=1.\n{Difference(written, lines)}");
    }

    [Fact]
    public void Files_AreThoseOfTheLedger()
    {
        var files = Directory.EnumerateFiles(Path.GetDirectoryName(LedgerFiles.PathOf(""))!, "*.txt");
        Assert.Equal(
            LedgerFiles.Names.Order(StringComparer.Ordinal),
            files.Select(static path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(string name)
    {
        var lines = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(LedgerFiles.ProjectsOf(name), async (project, _) =>
        {
            foreach (var line in await project.LinesAsync())
            {
                lines.Add(line);
            }
        });
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string Difference(IReadOnlyList<string> written, IReadOnlyList<string> lines)
    {
        var (gone, added) = (Without(written, lines).Select(static line => $"- {line}"), Without(lines, written).Select(static line => $"+ {line}"));
        var all = gone.Concat(added).ToList();
        var shown = all.OrderBy(static line => line[2..], StringComparer.Ordinal).Take(MostShown);
        return string.Join('\n', shown) + (all.Count > MostShown ? $"\nand {all.Count - MostShown} more" : "");
    }

    // A line may be there twice: Except would take both.
    private static IEnumerable<string> Without(IEnumerable<string> lines, IEnumerable<string> others)
    {
        var left = others.CountBy(static line => line).ToDictionary();
        foreach (var line in lines)
        {
            if (left.TryGetValue(line, out var count) && count > 0)
            {
                left[line] = count - 1;
            }
            else
            {
                yield return line;
            }
        }
    }
}
