using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using TraceLint.Host;
using TraceLint.Rules;

namespace TraceLint.Tests.Verification;

/// <summary>How the code under test is compiled.</summary>
internal sealed record Setup(ImmutableArray<MetadataReference> References)
{
    public static readonly Setup OpenTelemetry = new(Verification.References.KafkaAndOpenTelemetry);
    public static readonly Setup SystemDiagnostics = new(Verification.References.Kafka);
    public static readonly Setup Aws = new(Verification.References.AwsAndOpenTelemetry);
    public static readonly Setup AwsWithSystemDiagnostics = new(Verification.References.Aws);

    public static readonly Setup Rabbit = Traced(Verification.References.Rabbit);
    public static readonly Setup Mqtt = Traced(Verification.References.Mqtt);
    public static readonly Setup Redis = Traced(Verification.References.NewestRedis);

    /// <summary>NATS.Client, which is a stub.</summary>
    public static readonly Setup Nats = Traced(Verification.References.Nats);

    public static readonly Setup CliWrap = Traced(Verification.References.CliWrap);
    public static readonly Setup Hangfire = Traced(Verification.References.Hangfire);
    public static readonly Setup Quartz = Traced(Verification.References.NewestQuartz);
    public static readonly Setup Quartz3 = Traced(Verification.References.OldestQuartz);
    public static readonly Setup AwsPayloads = Traced([.. Verification.References.AwsPayloads]);
    public static readonly Setup Azure = Traced([.. Verification.References.Azure]);

    /// <summary>Google.Cloud.PubSub.V1, which is a stub over the real Google.Protobuf.</summary>
    public static readonly Setup PubSub = Traced(Verification.References.PubSub, Verification.References.Protobuf);

    /// <summary>EasyNetQ 7, which is a stub, with the RabbitMQ.Client that it is built on.</summary>
    public static readonly Setup EasyNetQ = Traced(Verification.References.EasyNetQ, Verification.References.Rabbit);

    /// <summary>DotPulsar, which is a stub.</summary>
    public static readonly Setup Pulsar = Traced(Verification.References.Pulsar);

    /// <summary>Version 4 of MQTTnet, which is a stub.</summary>
    public static readonly Setup Mqtt4 = Traced(Verification.References.Mqtt4);

    /// <summary>Version 5 of RabbitMQ.Client, which is a stub.</summary>
    public static readonly Setup Rabbit5 = Traced(Verification.References.Rabbit5);

    /// <summary>SNS, which is a stub, beside SQS.</summary>
    public static readonly Setup Sns = Aws with { References = Aws.References.Add(Verification.References.Stub("AWSSDK.SimpleNotificationService", AwsStubs.Sns)) };

    /// <summary>Version 3 of SQS, which is a stub.</summary>
    public static readonly Setup Sqs3 = new(
        Verification.References.None.Add(Verification.References.NewestOpenTelemetry).Add(Verification.References.Stub("AWSSDK.SQS", AwsStubs.Sqs3)));

    /// <summary>A library and OpenTelemetry.Api.</summary>
    public static Setup Traced(params MetadataReference[] libraries) => new([.. Verification.References.None, Verification.References.NewestOpenTelemetry, .. libraries]);

    public LanguageVersion Language { get; init; } = LanguageVersion.Preview;

    public bool Nullable { get; init; } = true;

    /// <summary>Whether the code under test has top-level statements.</summary>
    public bool IsProgram { get; init; }

    /// <summary>The name of the assembly that the code is compiled to.</summary>
    public string Assembly { get; init; } = "Code";

    /// <summary>Lines of a global config.</summary>
    public string Config { get; init; } = "";

    /// <summary>The sections of an .editorconfig beside the code under test.</summary>
    public string EditorConfig { get; init; } = "";

    /// <summary>The lines of a declaration file, in which there may be markup.</summary>
    public string Declarations { get; init; } = "";

    /// <summary>Whether the code under test need not compile.</summary>
    public bool Broken { get; init; }

    /// <summary>More files of the same project, by name.</summary>
    public IReadOnlyList<(string Name, string Source)> MoreFiles { get; init; } = [];

    /// <summary>What a fix makes of these; null when it leaves them as they are.</summary>
    public IReadOnlyList<(string Name, string Source)>? FixedFiles { get; init; }
}

/// <summary>
/// Runs one rule over code with markup: <c>[|reported|]</c> spans are expected, nothing else is. For a fix, the fixed
/// code must compile and hold no diagnostic, and Fix All in document, project and solution must yield the same.
/// </summary>
internal static class Verify<TRule>
    where TRule : Rule, new()
{
    public static Task Rule(string source, Setup? setup = null)
    {
        setup ??= Setup.OpenTelemetry;
        if (TestSnippets.Take(typeof(TRule), null, source, setup))
        {
            return Task.CompletedTask;
        }

        return Depth.IsFull() || setup.Config.Length > 0 || setup.EditorConfig.Length > 0
            ? Prepare(new RuleTest(), source, setup).RunAsync()
            : RuleCase.VerifyAsync(new TRule(), source, setup);
    }

    /// <summary>The same for code with top-level statements.</summary>
    public static Task Program(string source, Setup? setup = null) => Rule(source, (setup ?? Setup.OpenTelemetry) with { IsProgram = true });

    public static async Task Fix<TFix>(string source, string @fixed, Setup? setup = null)
        where TFix : CodeFixProvider, new()
    {
        setup ??= Setup.OpenTelemetry;
        if (TestSnippets.Take(typeof(TRule), typeof(TFix), source, setup))
        {
            return;
        }

        await FixTestOf<TFix>(source, @fixed, setup).RunAsync();
        if (source == @fixed)
        {
            return;
        }

        FixText.AssertFits(source, @fixed);
        foreach (var file in setup.FixedFiles ?? [])
        {
            FixText.AssertFits(setup.MoreFiles.First(original => original.Name == file.Name).Source, file.Source);
        }

        if (FixText.IsVariantDue(typeof(TFix)))
        {
            var variant = FixTestOf<TFix>(FixText.WithTabs(source), FixText.WithTabs(@fixed), setup with
            {
                MoreFiles = [.. setup.MoreFiles.Select(static file => (file.Name, FixText.WithTabs(file.Source)))],
                FixedFiles = setup.FixedFiles?.Select(static file => (file.Name, FixText.WithTabs(file.Source))).ToList(),
            });
            variant.CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllCheck;
            await variant.RunAsync();
        }
    }

    private static FixTest<TFix> FixTestOf<TFix>(string source, string @fixed, Setup setup)
        where TFix : CodeFixProvider, new()
    {
        var test = Prepare(new FixTest<TFix>(), source, setup);
        test.FixedCode = @fixed;
        if (!Depth.IsFull())
        {
            test.TestBehaviors = TestBehaviors.SkipSuppressionCheck | TestBehaviors.SkipGeneratedCodeCheck;
            test.CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllInProjectCheck | CodeFixTestBehaviors.SkipFixAllInSolutionCheck;
        }

        foreach (var file in setup.FixedFiles ?? setup.MoreFiles)
        {
            test.FixedState.Sources.Add(file);
        }

        return test;
    }

    /// <summary>The rule reports, but no fix is offered.</summary>
    public static Task NoFix<TFix>(string source, Setup? setup = null)
        where TFix : CodeFixProvider, new()
        => Fix<TFix>(source, source, setup);

    private static TTest Prepare<TTest>(TTest test, string source, Setup setup)
        where TTest : AnalyzerTest<DefaultVerifier>, ICompilationSetup
    {
        Analysis.Empty(setup.References);
        test.TestCode = source;
        test.ReferenceAssemblies = s_noPackages;

        // The second descriptor of every rule is TL9002, which no test expects.
        test.MarkupOptions = MarkupOptions.UseFirstDescriptor;
        test.TestState.AdditionalReferences.AddRange(setup.References);
        test.TestState.OutputKind = setup.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        test.Setup = setup;
        test.SolutionTransforms.Add((solution, project) => solution.WithProjectAssemblyName(project, setup.Assembly));
        foreach (var file in setup.MoreFiles)
        {
            test.TestState.Sources.Add(file);
        }

        if (setup.Config.Length > 0)
        {
            test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", $"is_global = true\n{setup.Config}"));
        }

        if (setup.EditorConfig.Length > 0)
        {
            test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n{setup.EditorConfig}"));
        }

        if (setup.Declarations.Length > 0)
        {
            test.TestState.AdditionalFiles.Add(("/TraceLint.Test.txt", setup.Declarations));
        }

        if (setup.Broken)
        {
            test.CompilerDiagnostics = CompilerDiagnostics.None;
        }

        return test;
    }

    // The references are files; see References.
    private static readonly ReferenceAssemblies s_noPackages = new("net10.0");

    private sealed class Host() : TraceLintAnalyzer([new TRule()]);

    private interface ICompilationSetup
    {
        Setup Setup { get; set; }
    }

    private sealed class RuleTest : CSharpAnalyzerTest<Host, DefaultVerifier>, ICompilationSetup
    {
        public Setup Setup { get; set; } = Setup.OpenTelemetry;

        protected override CompilationOptions CreateCompilationOptions()
            => CompilerOptions.Of((CSharpCompilationOptions)base.CreateCompilationOptions(), Setup);

        protected override ParseOptions CreateParseOptions()
            => CompilerOptions.Of((CSharpParseOptions)base.CreateParseOptions(), Setup);
    }

    private sealed class FixTest<TFix> : CSharpCodeFixTest<Host, TFix, DefaultVerifier>, ICompilationSetup
        where TFix : CodeFixProvider, new()
    {
        public Setup Setup { get; set; } = Setup.OpenTelemetry;

        protected override CompilationOptions CreateCompilationOptions()
            => CompilerOptions.Of((CSharpCompilationOptions)base.CreateCompilationOptions(), Setup);

        protected override ParseOptions CreateParseOptions()
            => CompilerOptions.Of((CSharpParseOptions)base.CreateParseOptions(), Setup);
    }

    private static class CompilerOptions
    {
        public static CSharpCompilationOptions Of(CSharpCompilationOptions options, Setup setup)
            => options.WithNullableContextOptions(setup.Nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable);

        public static CSharpParseOptions Of(CSharpParseOptions options, Setup setup) => options.WithLanguageVersion(setup.Language);
    }
}
