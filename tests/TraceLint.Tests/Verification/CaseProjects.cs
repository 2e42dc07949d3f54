using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TraceLint.Tests.Verification;

/// <summary>The cases that take more than one file: see Cases.</summary>
internal static class CaseProjects
{
    private const string KindsCommon = "kinds/Common.cs";

    /// <summary>One idiom a file, one project.</summary>
    public static CSharpCompilation Idioms() => SampleProjects.Cases(OutputKind.ConsoleApplication, SampleProjects.CaseFiles("idioms"));

    /// <summary>A shape of a public report is a project of its own.</summary>
    public static CSharpCompilation Report(string file)
    {
        var report = SampleProjects.Cases(OutputKind.DynamicallyLinkedLibrary, file);
        return file.Contains("pubsub", StringComparison.Ordinal) ? report.AddReferences(References.PubSub, References.Protobuf) : report;
    }

    /// <summary>A file of kinds is a project of its own: what silences a rule in one must not do so in another.</summary>
    public static CSharpCompilation Kind(string file) => SampleProjects.Cases(OutputKind.DynamicallyLinkedLibrary, KindsCommon, file);

    /// <summary>The files of kinds.</summary>
    public static IEnumerable<string> Kinds
        => SampleProjects.CaseFiles("kinds").Where(static file => file != KindsCommon && SampleProjects.IsUnderstood(file));

    /// <summary>A messaging library and the service that uses it, three times; and each of these services with the bare client.</summary>
    public static IEnumerable<CSharpCompilation> Across()
    {
        foreach (var number in new[] { "1", "2", "3" })
        {
            var library = SampleProjects.Cases(OutputKind.DynamicallyLinkedLibrary, $"across/lib{number}.cs");
            yield return library;
            yield return SampleProjects.Compile(
                "Acme.Orders",
                OutputKind.DynamicallyLinkedLibrary,
                [($"across/app{number}.cs", Repo.Text("tests", "TraceLint.Tests", "Cases", "across", $"app{number}.cs").Replace("APP", "Orders", StringComparison.Ordinal))],
                SampleProjects.Image(library.WithAssemblyName("Acme.Messaging")));
        }
    }
}
