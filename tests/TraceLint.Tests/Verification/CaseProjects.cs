using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TraceLint.Tests.Verification;

/// <summary>The cases that take more than one file: see Cases.</summary>
internal static class CaseProjects
{
    // What a report needs of a library that is not restored.
    private const string ServiceBus = """
        namespace Azure.Messaging.ServiceBus
        {
            public class ServiceBusReceivedMessage { public object Body => null!; public IReadOnlyDictionary<string, object> ApplicationProperties => null!; }
            public class ServiceBusMessage(object body) { public object Body => body; public IDictionary<string, object> ApplicationProperties => null!; public DateTimeOffset ScheduledEnqueueTime { get; set; } }
            public class ServiceBusSender { public virtual Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) => null!; }
            public class ServiceBusClient { public virtual ServiceBusSender CreateSender(string queueOrTopicName) => null!; }
            public class ProcessMessageEventArgs { public ServiceBusReceivedMessage Message => null!; public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) => null!; }
        }
        """;

    private const string KindsCommon = "kinds/Common.cs";

    /// <summary>One idiom a file, one project.</summary>
    public static CSharpCompilation Idioms() => SampleProjects.Cases(OutputKind.ConsoleApplication, SampleProjects.CaseFiles("idioms"));

    /// <summary>A shape of a public report is a project of its own.</summary>
    public static CSharpCompilation Report(string file)
    {
        var report = SampleProjects.Cases(OutputKind.DynamicallyLinkedLibrary, file);
        return file.Contains("servicebus", StringComparison.Ordinal)
            ? report.AddReferences(SampleProjects.Image(SampleProjects.Compile("Azure.Messaging.ServiceBus", OutputKind.DynamicallyLinkedLibrary, [("ServiceBus.cs", ServiceBus)])))
            : report;
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
