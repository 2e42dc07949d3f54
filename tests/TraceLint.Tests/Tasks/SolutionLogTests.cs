using System.Text.Json.Nodes;
using System.Xml.Linq;
using TraceLint.Tasks;

namespace TraceLint.Tests.Tasks;

/// <summary>What TraceLint reports in all projects of a solution, in one SARIF log.</summary>
public class SolutionLogTests
{
    private readonly SolutionLog _log = new(new Uri("file:///repo/"), "0.1.0", "https://example.com/tracelint", "/no/such/folder");

    [Fact]
    public void Results_OfOtherTools_AreLeftOut()
        => Assert.Equal(["TL1001 src/A.cs 3"], Results(_log.WithProject("", Run(Result("TL1001", "src/A.cs", 3), Result("CS0168", "src/A.cs", 4)), "A")));

    [Fact]
    public void Paths_AreRelativeToTheRepository_AndThoseOfOtherFilesAbsolute()
        => Assert.Equal(
            ["TL1001 file:///elsewhere/B.cs 1", "TL1001 src/My%20App/A.cs 1"],
            Results(_log.WithProject("", Run(Result("TL1001", "src/My%20App/A.cs", 1), Result("TL1001", "../elsewhere/B.cs", 1)), "A")));

    [Fact]
    public void Results_AreInTheOrderOfPlaces()
        => Assert.Equal(
            ["TL1001 a.cs 9", "TL2001 a.cs 10", "TL1001 b.cs 2"],
            Results(_log.WithProject("", Run(Result("TL1001", "b.cs", 2), Result("TL2001", "a.cs", 10), Result("TL1001", "a.cs", 9)), "A")));

    [Fact]
    public void Projects_AreAdded()
    {
        var first = _log.WithProject("", Run(Result("TL1001", "b.cs", 1)), "B");

        Assert.Equal(["TL2001 a.cs 1", "TL1001 b.cs 1"], Results(_log.WithProject(first, Run(Result("TL2001", "a.cs", 1)), "A")));
    }

    [Fact]
    public void Project_ThatIsBuiltAgain_ReplacesItsResults()
    {
        var first = _log.WithProject("", Run(Result("TL1001", "a.cs", 1), Result("TL2001", "a.cs", 5)), "A");
        var both = _log.WithProject(first, Run(Result("TL1001", "b.cs", 1)), "B");

        var again = _log.WithProject(both, Run(Result("TL1001", "a.cs", 2)), "A");

        Assert.Equal(["TL1001 a.cs 2", "TL1001 b.cs 1"], Results(again));
        Assert.Equal(["TL1001"], RunOf(again)["tool"]!["driver"]!["rules"]!.AsArray().Select(static rule => (string?)rule!["id"]));
    }

    [Fact]
    public void Order_OfProjects_DoesNotMatter()
    {
        var (a, b) = (Run(Result("TL1001", "a.cs", 1)), Run(Result("TL2001", "b.cs", 1), Result("TL1001", "shared.cs", 1)));

        Assert.Equal(_log.WithProject(_log.WithProject("", a, "A"), b, "B"), _log.WithProject(_log.WithProject("", b, "B"), a, "A"));
    }

    [Fact]
    public void File_OfSeveralProjects_HasOneResultThatNamesThem()
    {
        var run = Run(Result("TL1001", "shared.cs", 1));
        var log = _log.WithProject(_log.WithProject("", run, "B (net10.0)"), run, "B (net8.0)");

        Assert.Equal(["TL1001 shared.cs 1"], Results(log));
        Assert.Equal(["B (net10.0)", "B (net8.0)"], RunOf(log)["results"]![0]!["properties"]!["projects"]!.AsArray().Select(static name => (string?)name));
        Assert.Equal(["TL1001 shared.cs 1"], Results(_log.WithProject(log, Run(), "B (net10.0)")));
    }

    [Fact]
    public void RelatedLocations_HaveNumbersAndText()
    {
        var related = RunOf(_log.WithProject("", Run(Result("TL1001", "a.cs", 1, related: 7)), "A"))["results"]![0]!["relatedLocations"]![0]!;

        Assert.Equal(1, (int?)related["id"]);
        Assert.Equal("a.cs", (string?)related["physicalLocation"]!["artifactLocation"]!["uri"]);
        Assert.Equal("Related code on line 7", (string?)related["message"]!["text"]);
    }

    [Fact]
    public void Rules_HaveTagsHelpAndAPlaceInTheList()
    {
        var run = RunOf(_log.WithProject("", Run(Result("TL1001", "a.cs", 1), Result("TL2001", "a.cs", 2)), "A"));
        var rule = run["tool"]!["driver"]!["rules"]![1]!;

        Assert.Equal("TL2001", (string?)rule["id"]);
        Assert.Equal(["distributed-tracing", "opentelemetry", "publish"], rule["properties"]!["tags"]!.AsArray().Select(static tag => (string?)tag));
        Assert.Equal("Why it matters.", (string?)rule["help"]!["text"]);
        Assert.Equal(1, (int?)run["results"]![1]!["ruleIndex"]);
    }

    [Fact]
    public void Page_OfARule_IsItsHelp_WithAbsoluteLinks()
    {
        var pages = Directory.CreateTempSubdirectory("tracelint-");
        try
        {
            File.WriteAllText(Path.Combine(pages.FullName, "TL1001.md"), "# TL1001\r\n[TL1004](TL1004.md#why), [up](../../../README.md), [web](https://w3.org), [here](#why)\r\n");
            var log = new SolutionLog(new Uri("file:///repo/"), "0.1.0", "https://example.com/tracelint", pages.FullName);
            const string home = "https://example.com/tracelint/blob/v0.1.0";

            Assert.Equal(
                $"# TL1001\n[TL1004]({home}/src/TraceLint/rules/TL1004.md#why), [up]({home}/README.md), [web](https://w3.org), [here](#why)\n",
                (string?)RunOf(log.WithProject("", Run(Result("TL1001", "a.cs", 1)), "A"))["tool"]!["driver"]!["rules"]![0]!["help"]!["markdown"]);
        }
        finally
        {
            pages.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("{ \"half")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void OldText_ThatIsNoLog_IsThrownAway(string text)
        => Assert.Equal(["TL1001 a.cs 1"], Results(_log.WithProject(text, Run(Result("TL1001", "a.cs", 1)), "A")));

    [Fact]
    public void Suppressions_AreKept()
        => Assert.Equal("inSource", (string?)RunOf(_log.WithProject("", Run(Result("TL1001", "a.cs", 1, isSuppressed: true)), "A"))["results"]![0]!["suppressions"]![0]!["kind"]);

    private static JsonObject Result(string rule, string path, int line, int? related = null, bool isSuppressed = false)
    {
        var result = new JsonObject
        {
            ["ruleId"] = rule,
            ["ruleIndex"] = 300,
            ["level"] = "warning",
            ["message"] = new JsonObject { ["text"] = "A \"message\" / with\nlines" },
            ["locations"] = new JsonArray(Place(path, line)),
        };
        if (related is { } other)
        {
            result["relatedLocations"] = new JsonArray(Place(path, other));
        }

        if (isSuppressed)
        {
            result["suppressions"] = new JsonArray(new JsonObject { ["kind"] = "inSource" });
        }

        return result;
    }

    private static JsonObject Place(string path, int line) => new()
    {
        ["physicalLocation"] = new JsonObject
        {
            ["artifactLocation"] = new JsonObject { ["uri"] = new Uri(new Uri("file:///repo/"), path).AbsoluteUri },
            ["region"] = new JsonObject { ["startLine"] = line, ["startColumn"] = 5, ["endLine"] = line, ["endColumn"] = 9 },
        },
    };

    private static XElement Run(params JsonObject[] results)
    {
        var rules = results.Select(static result => (string)result["ruleId"]!).Distinct().Select(static id => (JsonNode)new JsonObject
        {
            ["id"] = id,
            ["shortDescription"] = new JsonObject { ["text"] = "It breaks." },
            ["fullDescription"] = new JsonObject { ["text"] = "Why it matters." },
            ["properties"] = new JsonObject { ["category"] = "TraceLint.Publish", ["executionTimeInSeconds"] = "0.395" },
        });
        return Json.Parse(new JsonObject
        {
            ["tool"] = new JsonObject { ["driver"] = new JsonObject { ["name"] = "csc", ["rules"] = new JsonArray([.. rules]) } },
            ["results"] = new JsonArray([.. results]),
        }.ToJsonString());
    }

    private static JsonNode RunOf(string log) => JsonNode.Parse(log)!["runs"]![0]!;

    private static IEnumerable<string> Results(string log)
        => RunOf(log)["results"]!.AsArray().Select(static result =>
        {
            var place = result!["locations"]![0]!["physicalLocation"]!;
            return $"{result["ruleId"]} {place["artifactLocation"]!["uri"]} {place["region"]!["startLine"]}";
        });
}
