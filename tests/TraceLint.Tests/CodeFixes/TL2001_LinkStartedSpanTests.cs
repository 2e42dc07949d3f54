using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2001_KafkaSpanWithoutContext>;

namespace TraceLint.Tests.CodeFixes;

/// <summary>What <see cref="TL2001_ExtractFromKafkaHeaders"/> makes of a span that is older than its message: it gets a link, once the message is there.</summary>
public class TL2001_LinkStartedSpanTests
{
    private const string Link = """
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default,
            result.Message.Headers,
            static (headers, key) => headers.TryGetLastBytes(key, out var value)
                ? new[] { Encoding.UTF8.GetString(value) }
                : Array.Empty<string>());
        if (parent.ActivityContext != default(ActivityContext))
        {
            activity?.AddLink(new ActivityLink(parent.ActivityContext));
        }
        """;

    private const string LinkWithDotNet = """
        var headers = result.Message.Headers;
        var traceParent =
            headers != null && headers.TryGetLastBytes("traceparent", out var parentValue) && parentValue != null
                ? Encoding.UTF8.GetString(parentValue)
                : null;
        var traceState =
            headers != null && headers.TryGetLastBytes("tracestate", out var stateValue) && stateValue != null
                ? Encoding.UTF8.GetString(stateValue)
                : null;
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
        if (parent != default(ActivityContext))
        {
            activity?.AddLink(new ActivityLink(parent));
        }
        """;

    private const string FitsHere = """
        var traceParent =
            headers != null && headers.TryGetLastBytes("traceparent", out var parentValue) && parentValue != null
                ? Encoding.UTF8.GetString(parentValue)
                : null;
        """;

    // The condition does not fit on one line there.
    private const string IsTooLongFurtherIn = """
        var traceParent = headers != null
            && headers.TryGetLastBytes("traceparent", out var parentValue)
            && parentValue != null
            ? Encoding.UTF8.GetString(parentValue)
            : null;
        """;

    private static Task Fixes(string statements, string @fixed, string members = "")
        => Verify.Fix<TL2001_ExtractFromKafkaHeaders>(ConsumerCode.Kafka(statements, members), ConsumerCode.Kafka(@fixed, members));

    private static Task FixesWithDotNet(string statements, string @fixed)
        => Verify.Fix<TL2001_ExtractFromKafkaHeaders>(ConsumerCode.Kafka(statements, usings: ""), ConsumerCode.Kafka(@fixed, usings: ""), Setup.SystemDiagnostics);

    private static Task HasNoFix(string statements, string members = "") => Verify.NoFix<TL2001_ExtractFromKafkaHeaders>(ConsumerCode.Kafka(statements, members));

    [Fact]
    public Task UsingDeclaration_IsLinked() => Fixes("""
        using var activity = source.[|StartActivity|]("consumed");
        var result = consumer.Consume(cancellation);
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        using var activity = source.StartActivity("consumed");
        var result = consumer.Consume(cancellation);
        {Link}

        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task UsingDeclaration_IsLinked_WithDotNet() => FixesWithDotNet("""
        using var activity = source.[|StartActivity|]("consumed");
        var result = consumer.Consume(cancellation);
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        using var activity = source.StartActivity("consumed");
        var result = consumer.Consume(cancellation);
        {LinkWithDotNet}

        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task UsingStatement_IsLinked() => Fixes("""
        using (var activity = source.[|StartActivity|]("consumed"))
        {
            var result = consumer.Consume(cancellation);

            // Whatever it is.
            await handler.HandleAsync(result.Message.Value);
        }
        """, $$"""
        using (var activity = source.StartActivity("consumed"))
        {
            var result = consumer.Consume(cancellation);
        {{KafkaCode.Indent(Link, 1)}}

            // Whatever it is.
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task MessageThatMayBeMissing_IsSurvived() => Fixes("""
        using var activity = source.[|StartActivity|]("consumed");
        var result = consumer.Consume(TimeSpan.FromSeconds(1));
        if (result is { Message: { } message })
        {
            await handler.HandleAsync(message.Value);
        }
        """, $$"""
        using var activity = source.StartActivity("consumed");
        var result = consumer.Consume(TimeSpan.FromSeconds(1));
        {{Careful(Link)}}

        if (result is { Message: { } message })
        {
            await handler.HandleAsync(message.Value);
        }
        """);

    [Fact]
    public Task EndOfPartition_IsSurvived() => Fixes("""
        using var activity = source.[|StartActivity|]("consumed");
        var result = consumer.Consume(cancellation);
        if (!result.IsPartitionEOF)
        {
            await handler.HandleAsync(result.Message.Value);
        }
        """, $$"""
        using var activity = source.StartActivity("consumed");
        var result = consumer.Consume(cancellation);
        var received = result;
        {{Careful(Link).Replace("result?.", "received?.")}}

        if (!result.IsPartitionEOF)
        {
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task TimeoutThatAMethodLooksAt_IsSurvived() => FixesWithDotNet("""
        using var activity = source.[|StartActivity|]("consumed");
        var result = consumer.Consume(100);
        Handle(result);

        void Handle(ConsumeResult<string, string> any) => handler.Handle(any is null ? "" : any.Message.Value);
        """, $$"""
        using var activity = source.StartActivity("consumed");
        var result = consumer.Consume(100);
        var received = result;
        {{Careful(LinkWithDotNet).Replace("result?.", "received?.")}}

        Handle(result);

        void Handle(ConsumeResult<string, string> any) => handler.Handle(any is null ? "" : any.Message.Value);
        """);

    [Fact]
    public Task WithoutNullableTypes_NothingIsTakenForGranted() => Verify.Fix<TL2001_ExtractFromKafkaHeaders>(ConsumerCode.Kafka("""
        using var activity = source.[|StartActivity|]("consumed");
        var result = consumer.Consume(cancellation);
        await handler.HandleAsync(result.Message.Value);
        """), ConsumerCode.Kafka($"""
        using var activity = source.StartActivity("consumed");
        var result = consumer.Consume(cancellation);
        {Careful(Link)}

        await handler.HandleAsync(result.Message.Value);
        """), Setup.OpenTelemetry with { Nullable = false });

    [Fact]
    public Task AssignedMessage_IsLinkedAfterTheAssignment() => FixesWithDotNet("""
        while (!cancellation.IsCancellationRequested)
        {
            using var activity = source.[|StartActivity|]("consumed");
            ConsumeResult<string, string> result;
            try
            {
                result = consumer.Consume(cancellation);
            }
            catch (ConsumeException)
            {
                continue;
            }

            await handler.HandleAsync(result.Message.Value);
        }
        """, $$"""
        while (!cancellation.IsCancellationRequested)
        {
            using var activity = source.StartActivity("consumed");
            ConsumeResult<string, string> result;
            try
            {
                result = consumer.Consume(cancellation);
        {{KafkaCode.Indent(LinkWithDotNet.Replace(FitsHere, IsTooLongFurtherIn, StringComparison.Ordinal), 2)}}
            }
            catch (ConsumeException)
            {
                continue;
            }

            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task StartedActivity_IsLinked() => FixesWithDotNet("""
        using var activity = new Activity("consumed").[|Start|]();
        var result = consumer.Consume(cancellation);
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        using var activity = new Activity("consumed").Start();
        var result = consumer.Consume(cancellation);
        {LinkWithDotNet}

        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task SpanOfAnOwnMethod_IsLinked() => Fixes("""
        using var activity = [|Start|]("consumed");
        var result = consumer.Consume(cancellation);
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        using var activity = Start("consumed");
        var result = consumer.Consume(cancellation);
        {Link}

        await handler.HandleAsync(result.Message.Value);
        """, "private static Activity? Start(string name) => source.StartActivity(name);");

    [Fact]
    public Task SeveralInOneDocument_AreAllLinked() => Verify.Fix<TL2001_ExtractFromKafkaHeaders>(
        ConsumerCode.Kafka("", Two("[|StartActivity|]", ""), usings: ""),
        ConsumerCode.Kafka("", Two("StartActivity", $"\n{KafkaCode.Indent(LinkWithDotNet, 1)}\n"), usings: ""),
        Setup.SystemDiagnostics);

    private static string Two(string start, string link) => $$"""
        public void First(IConsumer<string, string> consumer)
        {
            using var activity = source.{{start}}("first");
            var result = consumer.Consume();{{link}}
            handler.Handle(result.Message.Value);
        }

        public void Second(IConsumer<string, string> consumer)
        {
            using var activity = source.{{start}}("second");
            var result = consumer.Consume();{{link}}
            handler.Handle(result.Message.Value);
        }
        """;

    [Fact]
    public Task SpanWithoutAName_HasNoFix() => HasNoFix("""
        using (source.[|StartActivity|]("consumed"))
        {
            var result = consumer.Consume(cancellation);
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task SpanOfTracer_HasNoFix() => HasNoFix("""
        using var span = tracer.[|StartActiveSpan|]("consumed");
        var result = consumer.Consume(cancellation);
        await handler.HandleAsync(result.Message.Value);
        """, "private readonly Tracer tracer = TracerProvider.Default.GetTracer(\"worker\");");

    [Fact]
    public Task Before9_HasNoFix() => Verify.NoFix<TL2001_ExtractFromKafkaHeaders>(ConsumerCode.Kafka("""
        using var activity = source.[|StartActivity|]("consumed");
        var result = consumer.Consume(cancellation);
        await handler.HandleAsync(result.Message.Value);
        """, usings: ""), Setup.SystemDiagnostics with
    {
        References = References.Untraced.Add(References.NewestKafka).Add(References.Stub("System.Diagnostics.DiagnosticSource", DiagnosticSource8)),
    });

    [Fact]
    public Task OldLanguage_IsLinked() => Verify.Fix<TL2001_ExtractFromKafkaHeaders>(
        Old("[|StartActivity|]", "var result = consumer.Consume(100);"),
        Old("StartActivity", $"var result = consumer.Consume(100);\n{Careful(Link).Replace("static ", "")}\n"),
        Setup.OpenTelemetry with { Language = LanguageVersion.CSharp7_3, Nullable = false });

    private static string Careful(string link)
        => link.Replace("result.Message.", "result?.Message?.").Replace("=> headers.Try", "=> headers != null && headers.Try");

    private static string Old(string start, string receive) => $$"""
        using System;
        using System.Diagnostics;
        using System.Text;
        using Confluent.Kafka;
        using OpenTelemetry.Context.Propagation;

        public class Worker
        {
            private static readonly ActivitySource source = new ActivitySource("worker");

            public void Run(IConsumer<string, string> consumer)
            {
                using (var activity = source.{{start}}("consumed"))
                {
        {{KafkaCode.Indent(receive, 3)}}
                    Handle(result.Message.Value);
                }
            }

            private static void Handle(string value) => Console.WriteLine(value);
        }
        """;

    private const string DiagnosticSource8 = """
        using System;
        using System.Collections.Generic;

        namespace System.Diagnostics
        {
            public enum ActivityKind { Internal, Server, Client, Producer, Consumer }
            public class DistributedContextPropagator { }
            public struct ActivityLink { public ActivityLink(ActivityContext context) { } }
            public struct ActivityContext
            {
                public static bool TryParse(string traceParent, string traceState, bool isRemote, out ActivityContext context) { context = default; return false; }
                public static bool operator ==(ActivityContext left, ActivityContext right) { return true; }
                public static bool operator !=(ActivityContext left, ActivityContext right) { return false; }
                public override bool Equals(object other) { return false; }
                public override int GetHashCode() { return 0; }
            }

            public class Activity : IDisposable
            {
                public void Dispose() { }
            }

            public sealed class ActivitySource
            {
                public ActivitySource(string name, string version = "") { }
                public Activity StartActivity(string name = "", ActivityKind kind = ActivityKind.Internal) { return null; }
                public Activity StartActivity(string name, ActivityKind kind, ActivityContext parentContext, IEnumerable<KeyValuePair<string, object>> tags = null, IEnumerable<ActivityLink> links = null, DateTimeOffset startTime = default) { return null; }
            }
        }
        """;
}
