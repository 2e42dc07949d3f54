using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace TraceLint.Survey;

/// <summary>
/// A project file and what it imports from the same repository (Directory.Build.props and .targets above all), read
/// roughly as MSBuild does: properties first, then items, common conditions evaluated. Nothing of it is executed, no SDK
/// and no package is looked into, and what is not understood is skipped.
/// </summary>
internal sealed partial class ProjectFile
{
    private readonly ProjectProperties _properties;
    private readonly List<(string Kind, string Value, XElement Element)> _items = [];
    private readonly Stack<string> _reading = [];

    private ProjectFile(string path, string? targetFramework)
    {
        Path = path;
        _properties = new ProjectProperties(path, targetFramework);
        ReadAll(items: false);
        ReadAll(items: true);
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Directory => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>The SDK that the project names first, for example Microsoft.NET.Sdk.Web; empty in old project files.</summary>
    public string Sdk { get; private set; } = "";

    public IReadOnlyList<string> TargetFrameworks
    {
        get
        {
            var all = this["TargetFrameworks"] is { Length: > 0 } several ? several : this["TargetFramework"];
            return all.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
    }

    /// <summary>The value of a property, or an empty text.</summary>
    public string this[string property] => _properties[property];

    /// <summary>Reads a project, for its newest target framework when it has several.</summary>
    /// <exception cref="XmlException">The project, or a file that it imports, is not XML.</exception>
    public static ProjectFile Read(string path)
    {
        var project = new ProjectFile(path, targetFramework: null);
        return project["TargetFramework"].Length == 0 && project.TargetFrameworks.MaxBy(SortKey, StringComparer.Ordinal) is { } newest
            ? new ProjectFile(path, newest)
            : project;
    }

    /// <summary>The values of all items of a kind with their elements, for the sake of their metadata.</summary>
    public IEnumerable<(string Value, XElement Element)> Items(string kind) =>
        _items.Where(item => item.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase)).Select(item => (item.Value, item.Element));

    /// <summary>What Remove attributes take away from a kind of item.</summary>
    public IEnumerable<string> Removed(string kind) => Items(RemovedKind(kind)).Select(item => item.Value);

    private static string RemovedKind(string kind) => "-" + kind;

    private static string SortKey(string targetFramework)
    {
        var isModern = targetFramework.Contains('.') && !targetFramework.StartsWith("netstandard", StringComparison.Ordinal);
        return (isModern ? "1" : "0") + (targetFramework.StartsWith("netcoreapp", StringComparison.Ordinal) ? "0" : "1")
            + Digits().Replace(targetFramework, number => number.Value.PadLeft(4, '0'));
    }

    private void ReadAll(bool items)
    {
        ReadAbove("Directory.Build.props", items);
        Read(Path, items);
        ReadAbove("Directory.Build.targets", items);
    }

    private void ReadAbove(string name, bool items)
    {
        if (ProjectProperties.FindAbove(name, Directory) is { } file)
            Read(file, items);
    }

    private void Read(string file, bool items)
    {
        if (_reading.Contains(file))
            return;

        // The file is foreign: no document type, no entities, nothing fetched.
        using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        if (XDocument.Load(reader).Root is not { } root)
            return;

        if (file == Path)
            Sdk = SdkOf(root);

        _reading.Push(file);
        ReadChildren(root, items);
        _reading.Pop();
    }

    private static string SdkOf(XElement project)
    {
        var element = project.Elements().FirstOrDefault(child => child.Name.LocalName == "Sdk");
        return ((string?)project.Attribute("Sdk") ?? (string?)element?.Attribute("Name") ?? "").Split(';', '/')[0];
    }

    private void ReadChildren(XElement parent, bool items)
    {
        foreach (var element in parent.Elements())
        {
            _properties.Enter(_reading.Peek());
            if (!Holds(element))
                continue;

            switch (element.Name.LocalName)
            {
                case "PropertyGroup" when !items:
                    foreach (var property in element.Elements().Where(Holds))
                        _properties.Set(property.Name.LocalName, property.Value);
                    break;
                case "ItemGroup" when items:
                    foreach (var item in element.Elements().Where(Holds))
                    {
                        AddItems(item.Name.LocalName, item.Attribute("Include"));
                        AddItems(RemovedKind(item.Name.LocalName), item.Attribute("Remove"));
                    }

                    break;
                case "Import" when _properties.FindFile(_properties.Expand((string?)element.Attribute("Project") ?? "")) is { } import:
                    Read(import, items);
                    break;
                case "ImportGroup":
                    ReadChildren(element, items);
                    break;
                case "Choose" when element.Elements().FirstOrDefault(Holds) is { } branch:
                    ReadChildren(branch, items);
                    break;
            }
        }
    }

    private void AddItems(string kind, XAttribute? values)
    {
        if (values is null)
            return;

        foreach (var value in _properties.Expand(values.Value).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            _items.Add((kind, value, values.Parent!));
    }

    private bool Holds(XElement element) => _properties.Holds((string?)element.Attribute("Condition"));

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
