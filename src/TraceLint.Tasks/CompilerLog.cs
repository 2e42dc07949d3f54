using System.Xml.Linq;

namespace TraceLint.Tasks;

/// <summary>The log that the compiler writes for <c>ErrorLog</c>, in SARIF 2.1.</summary>
internal static class CompilerLog
{
    /// <summary>The results in a log.</summary>
    /// <exception cref="IOException">The log cannot be read.</exception>
    /// <exception cref="System.Xml.XmlException">The log is not JSON.</exception>
    /// <exception cref="ArgumentException">The log is not SARIF 2.1.</exception>
    public static IReadOnlyList<XElement> Read(string path) => [.. RunIn(path).Items("results")];

    /// <summary>The only run in a log.</summary>
    /// <inheritdoc cref="Read"/>
    public static XElement RunIn(string path)
    {
        var log = Json.Parse(File.ReadAllText(path));
        return log.Value("version") == "2.1.0" && log.Items("runs").FirstOrDefault() is { } run
            ? run
            : throw new ArgumentException(
                $"'{path}' is not a SARIF 2.1 log; set ErrorLog to '<file>,version=2.1' (%2C instead of the comma on the command line)");
    }
}
