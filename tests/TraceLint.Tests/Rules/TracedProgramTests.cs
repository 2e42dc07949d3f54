using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Rules;

/// <summary>A publish without context is a warning where a span may be current, and Info in a program in which none can be.</summary>
public class TracedProgramTests
{
    private const string Publish = """
        using Confluent.Kafka;
        class Orders { public static void Send(IProducer<string, string> producer) => producer.Produce("orders", new() { Value = "placed" }); }
        """;

    private const string SendToQueue = """
        class Orders { public static void Send(Amazon.SQS.IAmazonSQS sqs) => sqs.SendMessageAsync("queue", "placed"); }
        """;

    private const string BasicPublish = """
        using RabbitMQ.Client;
        class Orders { public static void Send(IModel channel, byte[] body) => channel.BasicPublish("", "orders", null, body); }
        """;

    private const string PrivateSource = """
        public class Jobs
        {
            private static readonly System.Diagnostics.ActivitySource s_source = new("jobs");
            public void Run() { using var activity = s_source.StartActivity("run"); }
        }
        """;

    [Theory]
    [InlineData(Publish, "TL1001")]
    [InlineData(SendToQueue, "TL1002")]
    [InlineData(BasicPublish, "TL1003")]
    public async Task Program_WithoutSpans_IsInfo(string source, string id)
    {
        var diagnostic = Assert.Single(await Analysis.RunAsync(Program(source)));

        Assert.Equal((id, DiagnosticSeverity.Info), (diagnostic.Id, diagnostic.Severity));
        Assert.EndsWith("; nothing in this program starts a span", Message(diagnostic), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WindowsProgram_WithoutSpans_IsInfo()
        => await AssertSeverityAsync(DiagnosticSeverity.Info, Program(Publish).WithOptions(new(OutputKind.WindowsApplication)));

    [Fact]
    public async Task Library_IsWarning()
    {
        var library = Program(Publish).WithOptions(new(OutputKind.DynamicallyLinkedLibrary));

        Assert.DoesNotContain("span", Message(await AssertSeverityAsync(DiagnosticSeverity.Warning, library)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class Work { void Run(System.Diagnostics.ActivitySource source) { using var a = source.StartActivity(\"run\"); } }")]
    [InlineData("class Work { void Run() { using var a = new System.Diagnostics.Activity(\"run\").Start(); } }")]
    [InlineData("class Work { void Run(System.Diagnostics.ActivityListener listener) => listener.ToString(); }")]
    public Task Program_WithSpans_IsWarning(string source) => AssertSeverityAsync(DiagnosticSeverity.Warning, Program(Publish, source));

    [Theory]
    [InlineData("class Activity; class Work { Activity? Next() => null; }")]
    [InlineData("using System.Diagnostics; class Page { string? Id => Activity.Current?.Id; void Open() => Process.Start(\"x\"); }")]
    public Task Program_WithoutSpans_MayNameThem(string source) => AssertSeverityAsync(DiagnosticSeverity.Info, Program(Publish, source));

    [Theory]
    [InlineData("OpenTelemetry.Api")]
    [InlineData("OpenTelemetry")]
    [InlineData("Microsoft.AspNetCore.Http")]
    [InlineData("Microsoft.ApplicationInsights")]
    [InlineData("Datadog.Trace")]
    [InlineData("Elastic.Apm")]
    [InlineData("AWSXRayRecorder.Core")]
    public Task TracingLibrary_IsReferenced(string assembly)
        => AssertSeverityAsync(DiagnosticSeverity.Warning, Program(Publish).AddReferences(References.Stub(assembly, "")));

    [Theory]
    [InlineData("Sentryless")]
    [InlineData("Microsoft.AspNetCoreless.Http")]
    public Task OtherName_IsReferenced(string assembly)
        => AssertSeverityAsync(DiagnosticSeverity.Info, Program(Publish).AddReferences(References.Stub(assembly, "")));

    [Theory]
    [InlineData(PrivateSource)]
    [InlineData("public class Jobs { public void Run() => new System.Diagnostics.Activity(\"run\").Start(); }")]
    public async Task ReferencedCode_StartsSpans(string source)
    {
        await AssertSeverityAsync(DiagnosticSeverity.Warning, Program(Publish).AddReferences(References.Stub("Jobs", source)));
        await AssertSeverityAsync(DiagnosticSeverity.Warning, Program(Publish).AddReferences(Project(source).ToMetadataReference()));
    }

    [Theory]
    [InlineData("public class Log { public string? Id => System.Diagnostics.Activity.Current?.Id; }")]
    [InlineData("public class Activity { } public class Work { public Activity? Next() => null; }")]
    public async Task ReferencedCode_StartsNone(string source)
    {
        await AssertSeverityAsync(DiagnosticSeverity.Info, Program(Publish).AddReferences(References.Stub("Log", source)));
        await AssertSeverityAsync(DiagnosticSeverity.Info, Program(Publish).AddReferences(Project(source).ToMetadataReference()));
    }

    // A build hands out the surface of a project only.
    [Theory]
    [InlineData("public class Jobs { public System.Diagnostics.Activity? Run() => null; }", DiagnosticSeverity.Warning)]
    [InlineData("public class Telemetry { public System.Diagnostics.ActivitySource Source = new(\"jobs\"); }", DiagnosticSeverity.Warning)]
    [InlineData(PrivateSource, DiagnosticSeverity.Info)]
    public async Task ReferenceAssembly_ShowsItsSurface(string source, DiagnosticSeverity severity)
    {
        using var image = new MemoryStream();
        Assert.True(Project("[assembly: System.Runtime.CompilerServices.ReferenceAssembly]\n" + source)
            .Emit(image, options: new EmitOptions(metadataOnly: true, includePrivateMembers: false)).Success);

        await AssertSeverityAsync(severity, Program(Publish).AddReferences(MetadataReference.CreateFromImage(image.ToArray())));
    }

    [Theory]
    [InlineData("tracelint.tracing = always", DiagnosticSeverity.Warning)]
    [InlineData("tracelint.TL1001.tracing = always", DiagnosticSeverity.Warning)]
    [InlineData("tracelint.TL1002.tracing = always", DiagnosticSeverity.Info)]
    [InlineData("tracelint.tracing = auto", DiagnosticSeverity.Info)]
    [InlineData("tracelint.span_start_methods = M:Acme.Spans.Begin", DiagnosticSeverity.Warning)]
    [InlineData("tracelint.span_start_methods = M:System.Console.Beep", DiagnosticSeverity.Info)]
    public async Task Setting_ComesFirst(string config, DiagnosticSeverity severity)
    {
        var program = Program(Publish, "namespace Acme { class Spans { static void Begin() { } void Run() => Begin(); } }");

        Assert.Equal(severity, Assert.Single(await Analysis.RunAsync(program, UserSettings.Of(config))).Severity);
    }

    [Fact]
    public async Task Setting_SaysThatALibraryDoesNotTrace()
    {
        var library = Program(Publish, PrivateSource).WithOptions(new(OutputKind.DynamicallyLinkedLibrary));
        var diagnostics = await Analysis.RunAsync(library, UserSettings.Of("tracelint.tracing = never"));

        Assert.Equal(DiagnosticSeverity.Info, Assert.Single(diagnostics).Severity);
    }

    [Theory]
    [InlineData(ReportDiagnostic.Warn, DiagnosticSeverity.Warning)]
    [InlineData(ReportDiagnostic.Error, DiagnosticSeverity.Error)]
    public Task SeverityThatTheUserSets_ComesFirst(ReportDiagnostic set, DiagnosticSeverity severity)
        => AssertSeverityAsync(severity, Program(Publish).WithOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication)
            .WithSpecificDiagnosticOptions(ImmutableDictionary<string, ReportDiagnostic>.Empty.Add("TL1001", set))));

    /// <summary>In a project with two target frameworks, only one of which traces, both must write the same text.</summary>

    private static CSharpCompilation Program(params string[] context)
        => Analysis.Compile(
            context.Append("static class Program { static void Main() { } }")
                .Select(static (source, index) => CSharpSyntaxTree.ParseText(source, path: $"Code{index}.cs")),
            References.NewestWithoutSpans).WithOptions(new(OutputKind.ConsoleApplication));

    private static CSharpCompilation Project(string source)
        => Analysis.Compile([CSharpSyntaxTree.ParseText(source)], References.None).WithAssemblyName("Project");

    private static string Message(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);

    private static async Task<Diagnostic> AssertSeverityAsync(DiagnosticSeverity severity, Compilation compilation)
    {
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        var diagnostic = Assert.Single(await Analysis.RunAsync(compilation));
        Assert.Equal(severity, diagnostic.Severity);
        return diagnostic;
    }
}
