using System.Text.RegularExpressions;

namespace TraceLint.Survey;

/// <summary>The properties of one project while it is read, and what texts and conditions mean with them.</summary>
internal sealed partial class ProjectProperties
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _isTargetFrameworkGiven;

    /// <param name="project">The project file.</param>
    /// <param name="targetFramework">The target framework to read it for, or null for the one it sets, if it sets one.</param>
    public ProjectProperties(string project, string? targetFramework)
    {
        _isTargetFrameworkGiven = targetFramework is not null;
        _values["TargetFramework"] = targetFramework ?? "";
        _values["Configuration"] = "Release";
        _values["MSBuildProjectName"] = Path.GetFileNameWithoutExtension(project);
        _values["MSBuildProjectFile"] = Path.GetFileName(project);
        _values["MSBuildProjectExtension"] = Path.GetExtension(project);
        _values["MSBuildProjectFullPath"] = project;
        _values["MSBuildProjectDirectory"] = Path.GetDirectoryName(project)!;
        Enter(project);
    }

    private string CurrentDirectory => this["MSBuildThisFileDirectory"];

    /// <summary>The value of a property, or an empty text.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    /// <summary>From here on, relative paths are relative to this file.</summary>
    public void Enter(string file)
    {
        _values["MSBuildThisFile"] = Path.GetFileName(file);
        _values["MSBuildThisFileDirectory"] = Path.GetDirectoryName(file) + Path.DirectorySeparatorChar;
    }

    /// <summary>Sets a property to a text that may use others. A target framework that was given stays, as it does in MSBuild.</summary>
    public void Set(string name, string value)
    {
        if (!_isTargetFrameworkGiven || !name.Equals("TargetFramework", StringComparison.OrdinalIgnoreCase))
            _values[name] = Expand(value.Trim());
    }

    /// <summary>
    /// Whether a condition holds. One that cannot be evaluated does, for more code is surveyed that way, unless it is
    /// about tests and the project's name is not.
    /// </summary>
    public bool Holds(string? condition)
    {
        if (string.IsNullOrWhiteSpace(condition))
            return true;

        // Split before properties are put in: their values may hold anything.
        return Or().Split(condition).Any(alternative => And().Split(alternative).All(HoldsAlone));
    }

    /// <summary>Puts in the values of properties and of the few property functions that repositories commonly use.</summary>
    public string Expand(string text)
    {
        if (!text.Contains("$(", StringComparison.Ordinal))
            return text;

        text = TextTest().Replace(text, test => Test(test).ToString());
        text = PropertyUse().Replace(text, use => this[use.Groups["property"].Value]);
        for (var (before, depth) = ("", 0); before != text && depth < 5; depth++)
            (before, text) = (text, FunctionCall().Replace(text, Call));
        return text;
    }

    /// <summary>The existing file that a path names, or null; no wildcards.</summary>
    public string? FindFile(string path)
    {
        if (path.Length == 0 || path.AsSpan().ContainsAny('*', '$', '@'))
            return null;

        var file = Path.GetFullPath(path.Replace('\\', '/'), CurrentDirectory);
        return File.Exists(file) ? file : null;
    }

    /// <summary>The nearest file of that name in a directory and those above it, or null.</summary>
    public static string? FindAbove(string name, string directory)
    {
        for (var current = Path.GetFullPath(directory); current is not null; current = Path.GetDirectoryName(current))
        {
            var candidate = Path.Combine(current, name);
            if (File.Exists(candidate))
                return candidate;
        }

        return null;
    }

    private bool HoldsAlone(string condition)
    {
        var text = Expand(condition).Trim();
        if (Exists().Match(text) is { Success: true } exists)
            return FindFile(exists.Groups["path"].Value) is not null == (exists.Groups["not"].Length == 0);

        text = text.Trim(' ', '(', ')');
        if (Comparison().Match(text) is { Success: true } comparison)
        {
            var isEqual = comparison.Groups["left"].Value.Equals(comparison.Groups["right"].Value, StringComparison.OrdinalIgnoreCase);
            return isEqual == (comparison.Groups["operator"].Value == "==");
        }

        var isNegated = text.StartsWith('!');
        return bool.TryParse(text.Trim('!', '\'', ' '), out var value) ? value != isNegated : HoldsPerhaps(text);
    }

    /// <summary>Repositories give their test projects, and those alone, a test framework in many ways.</summary>
    private bool HoldsPerhaps(string condition) =>
        !condition.Contains("test", StringComparison.OrdinalIgnoreCase) || this["MSBuildProjectName"].Contains("test", StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of a call, or the call itself where the function is not one of those known here.</summary>
    private string Call(Match call)
    {
        var arguments = call.Groups["arguments"].Value.Split(',').Select(argument => argument.Trim(' ', '\'', '"', '`').Replace('\\', '/')).ToArray();
        return (call.Groups["function"].Value, arguments) switch
        {
            ("GetPathOfFileAbove", [var file]) => FindAbove(file, CurrentDirectory) ?? "",
            ("GetPathOfFileAbove", [var file, var start]) => FindAbove(file, Path.GetFullPath(start, CurrentDirectory)) ?? "",
            ("GetDirectoryNameOfFileAbove", [var start, var file]) => Path.GetDirectoryName(FindAbove(file, Path.GetFullPath(start, CurrentDirectory))) ?? "",
            ("Combine", _) => Path.Combine(arguments),
            ("GetFullPath" or "NormalizePath", _) => Path.GetFullPath(Path.Combine(arguments), CurrentDirectory),
            ("NormalizeDirectory", _) => Path.GetFullPath(Path.Combine(arguments), CurrentDirectory) + "/",
            ("EnsureTrailingSlash", [var path]) => path.EndsWith('/') ? path : path + "/",
            ("GetTargetFrameworkIdentifier", [var framework]) => IdentifierOf(framework),
            _ => call.Value,
        };
    }

    private static string IdentifierOf(string targetFramework) =>
        targetFramework.StartsWith("netstandard", StringComparison.Ordinal) ? ".NETStandard"
        : targetFramework.Contains('.') ? ".NETCoreApp"
        : ".NETFramework";

    private bool Test(Match test)
    {
        var value = this[test.Groups["property"].Value];
        var argument = test.Groups["argument"].Value;
        return test.Groups["function"].Value switch
        {
            "StartsWith" => value.StartsWith(argument, StringComparison.Ordinal),
            "EndsWith" => value.EndsWith(argument, StringComparison.Ordinal),
            _ => value.Contains(argument, StringComparison.Ordinal),
        };
    }

    [GeneratedRegex(@"\s+or\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Or();

    [GeneratedRegex(@"\s+and\s+", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex(@"^\(?(?<not>!?)\s*Exists\s*\(\s*'(?<path>[^']*)'\s*\)\)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Exists();

    [GeneratedRegex(@"^'?(?<left>[^'=!]*?)'?\s*(?<operator>==|!=)\s*'?(?<right>[^'=!]*?)'?$")]
    private static partial Regex Comparison();

    [GeneratedRegex(@"\$\(\[[\w.]+\]::(?<function>\w+)\((?<arguments>[^()]*)\)\)")]
    private static partial Regex FunctionCall();

    [GeneratedRegex(@"\$\((?<property>\w+)\.(?<function>StartsWith|EndsWith|Contains)\(['""](?<argument>[^'""]*)['""]\)\)")]
    private static partial Regex TextTest();

    [GeneratedRegex(@"\$\((?<property>\w+)\)")]
    private static partial Regex PropertyUse();
}
