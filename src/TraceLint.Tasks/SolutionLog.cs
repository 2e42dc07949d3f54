using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace TraceLint.Tasks;

/// <summary>
/// One SARIF 2.1 log for all projects of a solution: only the results of TraceLint, with paths relative to the root of the repository, and
/// its rules with their pages. It contains nothing about the machine or the time of the build, so the same code gives the same text.
/// </summary>
/// <param name="root">The root of the repository.</param>
/// <param name="version">The version of TraceLint.</param>
/// <param name="repository">The repository of TraceLint.</param>
/// <param name="pages">The folder with a page of Markdown for each rule.</param>
internal sealed class SolutionLog(Uri root, string version, string repository, string pages)
{
    private const string BaseId = "%SRCROOT%";

    /// <summary>Replaces the results of a project.</summary>
    /// <param name="text">The old text; empty when there is none. Text that is not a log is discarded.</param>
    /// <param name="run">The compiler's run for the project.</param>
    /// <param name="project">The name of the project in the log.</param>
    public string WithProject(string text, XElement run, string project)
    {
        var old = RunIn(text);
        var results = new SortedDictionary<string, Result>(StringComparer.Ordinal);
        foreach (var result in old.Items("results"))
        {
            var projects = result.Element("properties").Items("projects")
                .Select(static item => item.Value)
                .Where(name => name != project)
                .ToList();
            if (projects.Count > 0)
            {
                results[KeyOf(result)] = new Result(result, projects);
            }
        }

        foreach (var result in run.Items("results").Where(IsOurs).Select(Relative))
        {
            // A file that several projects or target frameworks compile has one result.
            if (results.TryGetValue(KeyOf(result), out var same))
            {
                same.Projects.Add(project);
            }
            else
            {
                results[KeyOf(result)] = new Result(result, [project]);
            }
        }

        var used = new HashSet<string?>(results.Values.Select(static result => result.Element.Value("ruleId")));
        var rules = run.Element("tool")?.Element("driver").Items("rules").Select(Rule)
            .Concat(old?.Element("tool")?.Element("driver").Items("rules") ?? [])
            .Where(rule => used.Contains(rule.Value("id")))
            .GroupBy(static rule => rule.Value("id"), static (_, same) => same.First())
            .OrderBy(static rule => rule.Value("id"), StringComparer.Ordinal)
            .ToList() ?? [];
        return Json.Print(Log(rules, results.Values));
    }

    /// <summary>The path relative to the root; the absolute URI for a file outside the root.</summary>
    public string RelativePath(string uri)
        => Uri.TryCreate(uri, UriKind.Absolute, out var absolute) && root.IsBaseOf(absolute)
            ? root.MakeRelativeUri(absolute).ToString()
            : uri;

    private static XElement? RunIn(string text)
    {
        try
        {
            return text.Length == 0 ? null : Json.Parse(text).Items("runs").FirstOrDefault();
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool IsOurs(XElement result) => result.Value("ruleId") is ['T', 'L', _, _, _, _];

    // Orders results by place, then by rule.
    private static string KeyOf(XElement result)
    {
        var place = result.Items("locations").FirstOrDefault()?.Element("physicalLocation");
        return string.Join(
            "\n",
            place.Value("artifactLocation", "uri"),
            Padded("startLine"),
            Padded("startColumn"),
            result.Value("ruleId"),
            result.Value("message", "text"));

        string Padded(string name) => place.Value("region", name)?.PadLeft(7, '0') ?? "";
    }

    private XElement Log(List<XElement> rules, IEnumerable<Result> results)
    {
        var indexes = rules.Select(static (rule, index) => (Id: rule.Value("id")!, index))
            .ToDictionary(static rule => rule.Id, static rule => rule.index);
        return Json.Object(
            "root",
            new XElement(
                XName.Get("item", "item"),
                new XAttribute(XNamespace.Xmlns + "a", "item"),
                new XAttribute("item", "$schema"),
                new XAttribute("type", "string"),
                "https://json.schemastore.org/sarif-2.1.0.json"),
            Json.Text("version", "2.1.0"),
            Json.Array("runs", [Json.Object(
                "item",
                Json.Object("tool", Json.Object(
                    "driver",
                    Json.Text("name", "TraceLint"),
                    Json.Text("semanticVersion", version),
                    Json.Text("informationUri", repository),
                    Json.Array("rules", rules))),
                Json.Text("columnKind", "utf16CodeUnits"),
                Json.Array("results", results.Select(result => Written(result, indexes))))]));
    }

    private static XElement Written(Result result, Dictionary<string, int> indexes)
    {
        var element = result.Element;
        var names = result.Projects.Distinct().OrderBy(static name => name, StringComparer.Ordinal);
        var rule = element.Value("ruleId")!;
        return Json.Object(
            "item",
            Json.Text("ruleId", rule),
            indexes.TryGetValue(rule, out var index) ? Json.Number("ruleIndex", index) : null,
            Json.Text("level", element.Value("level") ?? "warning"),
            element.Element("message"),
            element.Element("locations"),
            element.Element("relatedLocations"),
            element.Element("suppressions"),
            Json.Object("properties", Json.Array("projects", names.Select(static name => Json.Text("item", name)))));
    }

    // The compiler's result with relative paths, and related locations that a viewer can show.
    private XElement Relative(XElement result)
    {
        result = new XElement(result);
        foreach (var artifact in result.Descendants("artifactLocation"))
        {
            var uri = artifact.Value("uri") ?? "";
            var path = RelativePath(uri);
            artifact.ReplaceNodes(path == uri ? [Json.Text("uri", uri)] : new[] { Json.Text("uri", path), Json.Text("uriBaseId", BaseId) });
        }

        var id = 0;
        foreach (var related in result.Items("relatedLocations"))
        {
            related.AddFirst(Json.Number("id", ++id));
            var line = related.Value("physicalLocation", "region", "startLine");
            related.Add(Json.Object("message", Json.Text("text", $"Related code on line {line}")));
        }

        return result;
    }

    private XElement Rule(XElement rule)
    {
        var id = rule.Value("id") ?? "";
        var page = Path.Combine(pages, id + ".md");
        var description = rule.Value("fullDescription", "text") ?? "";
        return Json.Object(
            "item",
            Json.Text("id", id),
            rule.Element("shortDescription"),
            rule.Element("fullDescription"),
            rule.Element("defaultConfiguration"),
            rule.Element("helpUri"),
            Json.Object(
                "help",
                Json.Text("text", description),
                File.Exists(page) ? Json.Text("markdown", WithLinks(File.ReadAllText(page))) : null),
            Json.Object("properties", Json.Array(
                "tags", new[] { "distributed-tracing", "opentelemetry", Tag(rule) }.Select(static tag => Json.Text("item", tag)))));
    }

    // The links of a page are relative to its place in the repository.
    private string WithLinks(string page)
    {
        var home = new Uri($"{repository}/blob/v{version}/src/TraceLint/rules/");
        return Regex.Replace(
            page.Replace("\r\n", "\n"),
            @"\]\((?!https?://|#)(?<target>[^)\s]+)\)",
            match => $"]({new Uri(home, match.Groups["target"].Value)})");
    }

    private static string Tag(XElement rule)
        => (rule.Value("properties", "category") ?? "").Split('.').Last().ToLower(CultureInfo.InvariantCulture);

    private sealed record Result(XElement Element, List<string> Projects);
}
