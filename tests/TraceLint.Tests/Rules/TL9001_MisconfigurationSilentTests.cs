using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Rules;

public class TL9001_MisconfigurationSilentTests
{
    private const string Bus = TL9001_MisconfigurationTests.Bus;

    [Theory]
    [InlineData("")]
    [InlineData("dotnet_diagnostic.TL1001.severity = none")]
    [InlineData("tracelinter.test_code = perhaps")]
    [InlineData("tracelint.test_code = TRUE")]
    [InlineData("tracelint.TL1001.test_code = false\ntracelint.test_code = true")]
    [InlineData("tracelint.instrumented_transports = kafka, SQS | nats")]
    [InlineData("tracelint.instrumented_transports = all")]
    [InlineData("tracelint.fix_dialect = system_diagnostics")]
    [InlineData("tracelint.inject_methods = M:Acme.Messaging.TraceHeaders.Write(Acme.Messaging.Envelope)")]
    [InlineData("tracelint.inject_methods = T:Acme.Messaging.TraceHeaders | M:Acme.Messaging.IBus.Pub* | N:Acme.Messaging | N:Acme*")]
    [InlineData("tracelint.publish_methods = M:Acme.Messaging.IBus.Publish(System.String,Acme.Messaging.Envelope)")]
    [InlineData("tracelint.untraced_programs = git, ffmpeg*, /usr/bin/convert")]
    public async Task Setting_IsUnderstood(string config)
        => Assert.Empty(await Analysis.RunAsync(Analysis.Compile([CSharpSyntaxTree.ParseText(Bus)], References.Newest), UserSettings.Of(config)));

    [Theory]
    [InlineData("# nothing\n\n   # at all")]
    [InlineData("inject M:Acme.Messaging.TraceHeaders.Write # the way out")]
    [InlineData("inject\tM:Acme.Messaging.TraceHeaders.Write( Acme.Messaging.Envelope )   carrier=envelope")]
    [InlineData("extract T:Acme.Messaging.TraceHeaders")]
    [InlineData("inject M:Acme.Messaging.TraceHeaders.Wr*\nextract M:Acme.Messaging.TraceHeaders.Re*")]
    [InlineData("carrier P:Acme.Messaging.Envelope.Headers write=\"carrier.Remove(key); carrier.Add(key, value);\" read=\"carrier.TryGetValue(key, out var text) ? text : null\"")]
    [InlineData("carrier P:Acme.Messaging.Envelope.Headers write=\"carrier[\"\"x-\"\" + key] = value\" read=\"carrier[\"\"x-\"\" + key]\"")]
    [InlineData("publish M:Acme.Messaging.IBus.Publish\nconsume M:Acme.Messaging.IBus.Receive")]
    [InlineData("publish M:Acme.Messaging.IBus.Publish carrier=envelope.Headers\nconsume M:Acme.Messaging.IBus.Receive carrier=return.Headers")]
    [InlineData("publish M:Acme.Messaging.IBus.Count carrier=none")]
    [InlineData("consume T:Acme.Messaging.Envelope carrier=Headers")]
    [InlineData("span_start M:Acme.Messaging.IBus.Receive\ntracing_program worker\nuntraced_program git\ninstrumented_transport kafka")]
    public Task Declaration_IsUnderstood(string declarations)
        => Verify<TL9001_Misconfiguration>.Rule(Bus, Setup.OpenTelemetry with { Declarations = declarations, Nullable = false });

    [Fact]
    public async Task OtherAdditionalFile_IsNotRead()
        => Assert.Empty(await Analysis.RunAsync(
            Analysis.Compile([CSharpSyntaxTree.ParseText(Bus)], References.Newest), UserSettings.Of("", ("BannedSymbols.txt", "nonsense"), ("MyTraceLint.Bus.txt", "nonsense"), ("TraceLint.Bus.json", "{}"))));
}
