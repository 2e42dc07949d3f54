using System.IO.Compression;
using System.Xml.Linq;

namespace TraceLint.Package.Tests.Scene;

/// <summary>What is in a package.</summary>
internal sealed class PackageFile
{
    private readonly Dictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

    private PackageFile(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        foreach (var entry in archive.Entries.Where(entry => !IsContainerFormat(entry.FullName)))
        {
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            _entries.Add(entry.FullName, bytes.ToArray());
        }
    }

    /// <summary>The one package in a folder.</summary>
    public static PackageFile In(string folder) => new(Assert.Single(Directory.EnumerateFiles(folder)));

    /// <summary>Without the parts that make any package an OPC package. The name of one of them may be random.</summary>
    public IEnumerable<string> Entries => _entries.Keys;

    public byte[] this[string entry] => _entries[entry];

    /// <summary>The metadata element of the nuspec, without namespaces.</summary>
    public XElement Metadata()
    {
        using var nuspec = new MemoryStream(this["TraceLint.nuspec"]);
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        foreach (var element in metadata.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return metadata;
    }

    private static bool IsContainerFormat(string entry)
        => entry is "[Content_Types].xml" or "_rels/.rels" || entry.StartsWith("package/services/metadata/", StringComparison.Ordinal);
}
