using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace TraceLint.Tasks;

/// <summary>
/// JSON as XML, in the mapping of <see cref="JsonReaderWriterFactory"/>. A task must not bring a JSON library with it, because the build
/// process may have loaded another version of the same library.
/// </summary>
internal static class Json
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="XmlException">The text is not JSON.</exception>
    public static XElement Parse(string text)
    {
        using var reader = JsonReaderWriterFactory.CreateJsonReader(Encoding.UTF8.GetBytes(text), XmlDictionaryReaderQuotas.Max);
        return XElement.Load(reader);
    }

    /// <summary>Writes a document, indented, with a line feed at the end of each line.</summary>
    public static string Print(XElement document)
    {
        using var stream = new MemoryStream();
        using (var writer = JsonReaderWriterFactory.CreateJsonWriter(
            stream, Encoding.UTF8, ownsStream: false, indent: true, indentChars: "  "))
        {
            document.WriteTo(writer);
        }

        // Line breaks in strings are escaped, so only those between values are replaced. The writer escapes every slash.
        return Encoding.UTF8.GetString(stream.ToArray()).Replace("\r\n", "\n").Replace("\\/", "/") + "\n";
    }

    /// <summary>An object, or the root of a document.</summary>
    /// <param name="members">The members; null members are left out.</param>
    public static XElement Object(string name, params XElement?[] members) => new(name, new XAttribute("type", "object"), members);

    /// <summary>An array.</summary>
    /// <param name="items">The items, each named <c>item</c>.</param>
    public static XElement Array(string name, IEnumerable<XElement> items) => new(name, new XAttribute("type", "array"), items);

    /// <summary>A string.</summary>
    public static XElement Text(string name, string value) => new(name, new XAttribute("type", "string"), value);

    /// <summary>A number.</summary>
    public static XElement Number(string name, int value) => new(name, new XAttribute("type", "number"), value);

    /// <summary>The items of an array that is a member of an object; none when there is no such member.</summary>
    public static IEnumerable<XElement> Items(this XElement? parent, string name) => parent?.Element(name)?.Elements("item") ?? [];

    /// <summary>The value that a path of members leads to; null when there is none.</summary>
    public static string? Value(this XElement? parent, params string[] path)
    {
        foreach (var name in path)
        {
            parent = parent?.Element(name);
        }

        return parent?.Value;
    }
}
