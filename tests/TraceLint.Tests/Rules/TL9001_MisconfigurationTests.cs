using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Rules;

/// <summary>What of settings and declarations cannot be understood is said: once, where it has a place there, with what was probably meant.</summary>
public class TL9001_MisconfigurationTests
{
    internal const string Bus = """
        namespace Acme.Messaging
        {
            public class Envelope { public System.Collections.Generic.IDictionary<string, string> Headers { get; set; } }

            public interface IBus
            {
                void Publish(Envelope envelope);
                void Publish(string topic, Envelope envelope);
                Envelope Receive();
                int Count();
            }

            public static class TraceHeaders
            {
                public static void Write(Envelope envelope) { }
                public static void Read(Envelope envelope) { }
            }
        }
        """;

    [Theory]
    [InlineData("tracelint.fix_dialekt = auto", "'tracelint.fix_dialekt' is not an option; did you mean 'fix_dialect'?")]
    [InlineData("tracelint.sampling = on", "'tracelint.sampling' is not an option")]
    [InlineData("tracelint.TL1007.test_code = true", "'tracelint.tl1007.test_code' names 'tl1007', which is not a rule; did you mean 'TL1001'?")]
    [InlineData("tracelint.TL1001.test_kode = true", "'tracelint.tl1001.test_kode' is not an option; did you mean 'test_code'?")]
    [InlineData("tracelint.test_code = yes", "'tracelint.test_code' cannot be 'yes'; use true or false")]
    [InlineData("tracelint.TL1001.tracing = maybe", "'tracelint.tl1001.tracing' cannot be 'maybe'; use auto, always or never")]
    [InlineData("tracelint.tracing = sometimes, but only in the services of the department that asked", "'tracelint.tracing' cannot be 'sometimes, but only in the services of the department tha...'; use auto, always or never")]
    [InlineData("tracelint.instrumented_transports = kafka, rabbit", "'tracelint.instrumented_transports' has no transport 'rabbit'; did you mean 'rabbitmq'?")]
    [InlineData("tracelint.instrumented_transports = kafka, pigeon", "'tracelint.instrumented_transports' has no transport 'pigeon'; the page on settings lists the names")]
    [InlineData("tracelint.inject_methods = Acme.Messaging.TraceHeaders.Write", "'tracelint.inject_methods' cannot be read: 'Acme.Messaging.TraceHeaders.Write' is not a documentation id; start it with M: or T: or N:")]
    [InlineData("tracelint.inject_methods = M:Acme.*.Write", "'tracelint.inject_methods' cannot be read: 'M:Acme.*.Write' has a '*' that is not at the end")]
    [InlineData("tracelint.inject_methods = M:Acme.Messaging.TraceHeaders.Write|M:Acme.Messaging.TraceHeaders.Wrt", "'tracelint.inject_methods': 'M:Acme.Messaging.TraceHeaders.Wrt' does not exist; did you mean 'M:Acme.Messaging.TraceHeaders.Write'?")]
    [InlineData("tracelint.tracing_programs = worker, dotnet\ntracelint.untraced_programs = git, Worker.exe", "'tracelint.tracing_programs' and 'tracelint.untraced_programs' both name 'worker'; remove it from one of them")]
    [InlineData("tracelint.untraced_programs = git, ff*mpeg", "'tracelint.untraced_programs' contains 'ff*mpeg', in which '*' is not at the end")]
    [InlineData("tracelint.tracing_programs = /opt/acme/", "'tracelint.tracing_programs' contains '/opt/acme/', which has no file name")]
    [InlineData("tracelint.untraced_programs = worker\ntracelint.TL3010.tracing_programs = worker", "'tracelint.tracing_programs' and 'tracelint.untraced_programs' both name 'worker'; remove it from one of them")]
    [InlineData("tracelint.TL1003.publish_methods = M:Acme.Messaging.IBus.Count", "'M:Acme.Messaging.IBus.Count' has no parameter that may be or hold a carrier; declare carrier=<path> or carrier=none")]
    [InlineData("tracelint.publish_methods = M:Acme.Messaging.IBus.Count", "'M:Acme.Messaging.IBus.Count' has no parameter that may be or hold a carrier; declare carrier=<path> or carrier=none")]
    [InlineData("tracelint.inject_methods = M:Acme.Messaging.Conventions.Headers.PropagationExtensions.Write", "'tracelint.inject_methods': 'M:...ssaging.Conventions.Headers.PropagationExtensions.Write' does not exist in what this project references")]
    [InlineData("tracelint.inject_methods = T:Acme.Messaging.TraceHeaders\ntracelint.extract_methods = T:Acme.Messaging.TraceHeaders", "'tracelint.inject_methods' and 'tracelint.extract_methods' both name 'T:Acme.Messaging.TraceHeaders'; remove it from one of them")]
    public async Task Setting_IsSaidOnce(string config, string said)
    {
        var trees = new[] { Bus, "class A;", "class B;" }.Select(static source => CSharpSyntaxTree.ParseText(source));
        var diagnostic = Assert.Single(await Analysis.RunAsync(Analysis.Compile(trees, References.Newest), UserSettings.Of(config)));

        Assert.Equal("TL9001", diagnostic.Id);
        Assert.Equal(said, diagnostic.GetMessage(CultureInfo.InvariantCulture), ignoreCase: true);
        Assert.Equal(Location.None, diagnostic.Location);
    }

    [Theory]
    [InlineData("[|injekt|] M:Acme.Messaging.TraceHeaders.Write")]
    [InlineData("[|inject|]")]
    [InlineData("inject [|Acme.Messaging.TraceHeaders.Write|]")]
    [InlineData("inject [|P:Acme.Messaging.Envelope.Headers|]")]
    [InlineData("carrier [|M:Acme.Messaging.IBus.Receive|]")]
    [InlineData("inject [|M:Acme.Messaging.TraceHeaders.Wrt|]")]
    [InlineData("inject [|M:Acme.Messaging.TraceHeaders.Write(System.String)|]")]
    [InlineData("inject [|M:Acme.Messaging.TraceHeaders.Wz*|]")]
    [InlineData("inject [|T:Acme.Mesaging.TraceHeaders|]")]
    [InlineData("inject M:Acme.Messaging.TraceHeaders.Write [|carier|]=envelope")]
    [InlineData("inject M:Acme.Messaging.TraceHeaders.Write [|envelope|]")]
    [InlineData("inject M:Acme.Messaging.TraceHeaders.Write carrier=[|envelope-headers|]")]
    [InlineData("carrier P:Acme.Messaging.Envelope.Headers write=[|\"carrier.Set(key\"|] read=carrier[key]")]
    [InlineData("carrier P:Acme.Messaging.Envelope.Headers write=[|carrier[key]|]")]
    [InlineData("carrier P:Acme.Messaging.Envelope.Headers read=[|\"carrier[key]|]")]
    [InlineData("carrier P:Acme.Messaging.Envelope.Headers read=carrier[key] [|read|]=carrier[key]")]
    [InlineData("instrumented_transport [|rabbit|]")]
    [InlineData("inject M:Acme.Messaging.TraceHeaders.Write\nextract [|M:Acme.Messaging.TraceHeaders.Write|]")]
    [InlineData("publish M:Acme.Messaging.IBus.Publish carrier=[|envelop.Headers|]")]
    [InlineData("publish M:Acme.Messaging.IBus.Publish carrier=[|envelope.Heders|]")]
    [InlineData("consume T:Acme.Messaging.Envelope carrier=[|Heders|]")]
    [InlineData("publish [|T:Acme.Messaging.Envelope|]")]
    [InlineData("publish M:Acme.Messaging.IBus.Publish carrier=[|envelope.Headers.Inner|]")]
    [InlineData("publish M:Acme.Messaging.IBus.Publish carrier=[|return.Headers|]")]
    [InlineData("publish [|M:Acme.Messaging.IBus.Receive|]")]
    [InlineData("consume [|M:Acme.Messaging.IBus.Count|]")]
    [InlineData("tracing_program worker\nuntraced_program [|worker|]")]
    [InlineData("tracing_program [|*worker|]")]
    [InlineData("untraced_program [|/usr/bin/|]")]
    [InlineData("tracing_program worker\n\ntracing_program [|worker|] # again")]
    public Task Declaration_IsSaidWhereItIs(string declarations)
        => Verify<TL9001_Misconfiguration>.Rule(Bus, Setup.OpenTelemetry with { Declarations = declarations, Nullable = false });

    [Fact]
    public async Task UnknownNamespace_IsOnlyMentioned()
    {
        var diagnostic = Assert.Single(await Analysis.RunAsync(
            Analysis.Compile([CSharpSyntaxTree.ParseText("class C;")], References.Newest), UserSettings.Of("", ("TraceLint.Shared.txt", "inject M:Fabrikam.Bus.Write"))));

        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
        Assert.Equal("'M:Fabrikam.Bus.Write' does not exist in what this project references", diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }
}
