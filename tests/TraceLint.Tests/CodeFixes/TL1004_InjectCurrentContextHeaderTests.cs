using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.CodeFixes;

/// <summary>The fix for TL1004 where headers are written by hand, where helpers inject, and for a whole file.</summary>
public class TL1004_InjectCurrentContextHeaderTests
{
    private const string Send = "await client.SendAsync(message);";

    private static Task Verify(string source, string @fixed, Setup? setup = null)
        => Verify<TL1004_ContextInjectedOnlyWithSpan>.Fix<TL1004_InjectCurrentContext>(source, @fixed, setup ?? Setup.SystemDiagnostics);

    private static Task VerifyNoFix(string source, Setup? setup = null)
        => Verify<TL1004_ContextInjectedOnlyWithSpan>.NoFix<TL1004_InjectCurrentContext>(source, setup ?? Setup.SystemDiagnostics);

    private static Task VerifyStatements(string statements, string @fixed, string members = "")
        => Verify(Method($"{Start}\n{statements}\n{Send}", members), Method($"{Start}\n{@fixed}\n{Send}", members));

    private static Task VerifyTraced(string statements, string @fixed, string members)
        => Verify(Traced($"{Start}\n{statements}\n{Send}", members), Traced($"{Start}\n{@fixed}\n{Send}", members), Setup.OpenTelemetry);

    [Theory]
    [InlineData("activity?.Id ?? \"\"")]
    [InlineData("activity?.Id ?? string.Empty")]
    [InlineData("activity?.Id!")]
    [InlineData("(activity?.Id ?? \"\")")]
    public Task EmptyHeader_IsNotWritten(string value) => VerifyStatements(
        $"""
        // Who we are.
        message.Headers[[|"traceparent"|]] = {value}; // for the reader
        """,
        """
        // Who we are.
        if ((activity ?? Activity.Current)?.Id is { } traceParent)
        {
            message.Headers["traceparent"] = traceParent; // for the reader
        }
        """);

    [Fact]
    public Task EmptyHeaders_AreNotWritten() => VerifyStatements(
        """
        message.Bytes.[|Add|]("traceparent", Encoding.UTF8.GetBytes(activity?.Id ?? ""));
        message.Headers[[|"Diagnostic-Id"|]] = activity?.Id ?? "";
        message.Headers[[|"X-B3-TraceId"|]] = activity?.TraceId.ToString() ?? "";
        """,
        """
        if ((activity ?? Activity.Current)?.Id is { } traceParent)
        {
            message.Bytes.Add("traceparent", Encoding.UTF8.GetBytes(traceParent));
        }
        if ((activity ?? Activity.Current)?.Id is { } traceParent2)
        {
            message.Headers["Diagnostic-Id"] = traceParent2;
        }
        if ((activity ?? Activity.Current)?.TraceId.ToString() is { } traceId)
        {
            message.Headers["X-B3-TraceId"] = traceId;
        }
        """);

    [Fact]
    public Task EmptyHeaderInABranch() => VerifyStatements(
        """
        if (flag)
            message.Headers[[|"traceparent"|]] = activity?.Id ?? "";
        else
            client.Log("none");
        """,
        """
        if (flag)
        {
            if ((activity ?? Activity.Current)?.Id is { } traceParent)
            {
                message.Headers["traceparent"] = traceParent;
            }
        }
        else
            client.Log("none");
        """);

    [Fact]
    public Task GuardedHeaders_AskForEither() => VerifyStatements(
        """
        // Who we are.
        if (activity != null)
        {
            message.Headers[[|"traceparent"|]] = activity.Id ?? "";
            if (activity.TraceStateString != null)
            {
                message.Headers["tracestate"] = activity.TraceStateString;
            }
        }

        """,
        """
        // Who we are.
        if ((activity ?? Activity.Current) is { } current)
        {
            message.Headers["traceparent"] = current.Id ?? "";
            if (current.TraceStateString != null)
            {
                message.Headers["tracestate"] = current.TraceStateString;
            }
        }

        """);

    [Fact]
    public Task GuardedHeaderWithTags() => VerifyStatements(
        """
        if (activity is { } span)
        {
            span.SetTag("order", order);
            message.Headers ??= new Dictionary<string, string>();
            message.Headers[[|"traceparent"|]] = span.Id!;
            message.Headers["tracestate"] = span.TraceStateString ?? "";
        }
        """,
        """
        if (activity is { } span)
        {
            span.SetTag("order", order);
        }

        if ((activity ?? Activity.Current) is { } current)
        {
            message.Headers ??= new Dictionary<string, string>();
            message.Headers["traceparent"] = current.Id!;
            message.Headers["tracestate"] = current.TraceStateString ?? "";
        }
        """);

    [Fact]
    public Task GuardThatDeclaresTheSpan() => VerifyStatements(
        """
        if (activity is Activity span)
        {
            message.Headers[[|"traceparent"|]] = span.Id!;
        }
        """,
        """
        if ((activity ?? Activity.Current) is Activity span)
        {
            message.Headers["traceparent"] = span.Id!;
        }
        """);

    [Theory]
    [InlineData("message.Headers = new() { { [|\"traceparent\"|], activity?.Id ?? \"\" } };")]
    [InlineData("message.Headers = new() { [[|\"traceparent\"|]] = activity?.Id ?? \"\" };")]
    [InlineData("message.Headers[[|\"traceparent\"|]] = $\"{activity?.Id}\";")]
    [InlineData("message.Headers[[|\"traceparent\"|]] = activity == null ? \"\" : activity.Id!;")]
    [InlineData("message.Headers[[|\"b3\"|]] = activity?.TraceId + \"-\" + activity?.SpanId;")]
    [InlineData("Action write = () => message.Headers[[|\"traceparent\"|]] = activity?.Id ?? \"\"; write();")]
    [InlineData("var id = activity?.Id; if (id != null) message.Headers[[|\"traceparent\"|]] = id;")]
    public Task NoFix(string statements) => VerifyNoFix(Method($"{Start}\n{statements}\n{Send}"));

    [Fact]
    public Task GuardedHelper_AskForEither() => VerifyTraced(
        """
        if (activity != null)
        {
            [|InjectSpan|](activity, message);
        }

        """,
        """
        if ((activity ?? Activity.Current) is { } current)
        {
            InjectSpan(current, message);
        }

        """,
        $"private static void InjectSpan(Activity activity, Message message) => propagator.Inject(new PropagationContext(activity.Context, default), message.Headers, {Setter});");

    [Fact]
    public Task GuardedHelperWithTags() => VerifyTraced(
        """
        if (activity != null)
        {
            [|AddTraceHeaders|](activity.Context, message);
            activity.SetTag("order", order);
        }
        """,
        """
        if ((activity ?? Activity.Current) is { } current)
        {
            AddTraceHeaders(current.Context, message);
        }
        if (activity != null)
        {
            activity.SetTag("order", order);
        }
        """,
        $"private static void AddTraceHeaders(ActivityContext context, Message message) => propagator.Inject(new PropagationContext(context, default), message.Headers, {Setter});");

    // A tag of the message on the span that is current would be wrong.
    [Fact]
    public Task GuardedHelperThatTags_HasNoFix() => VerifyNoFix(
        Traced($$"""
        {{Start}}
        if (activity != null)
        {
            [|InjectSpan|](activity, message);
        }

        {{Send}}
        """, $$"""
        private static void InjectSpan(Activity activity, Message message)
        {
            propagator.Inject(new PropagationContext(activity.Context, default), message.Headers, {{Setter}});
            activity.SetTag("body", message.Body);
        }
        """), Setup.OpenTelemetry);

    [Fact]
    public Task HelperThatWritesNothing() => VerifyTraced(
        """
        var other = new Message();
        [|InjectSpan|](activity, message);
        [|InjectContext|](activity?.Context ?? default, other);
        """,
        """
        var other = new Message();
        InjectSpan(activity ?? Activity.Current, message);
        InjectContext((activity ?? Activity.Current)?.Context ?? default, other);
        """,
        $$"""
        public static void InjectSpan(Activity? activity, Message message)
        {
            if (activity == null)
                return;
            propagator.Inject(new PropagationContext(activity.Context, default), message.Headers, {{Setter}});
        }

        private static void InjectContext(ActivityContext context, Message message)
            => propagator.Inject(new PropagationContext(context, default), message.Headers, {{Setter}});
        """);

    [Fact]
    public Task ParameterOfAHelper() => Verify(
        Method($$"""
        {{Start}}
        InjectSpan(activity, message);
        {{Send}}
        """, """
        private static void InjectSpan(Activity? span, Message message)
            => DistributedContextPropagator.Current.[|Inject|](span, message.Headers, (_, key, value) => message.Headers[key] = value);
        """),
        Method($$"""
        {{Start}}
        InjectSpan(activity, message);
        {{Send}}
        """, """
        private static void InjectSpan(Activity? span, Message message)
            => DistributedContextPropagator.Current.Inject(span ?? Activity.Current, message.Headers, (_, key, value) => message.Headers[key] = value);
        """));

    [Fact]
    public Task ConditionalCallOfAHelper()
    {
        return Verify(Source("activity?.Context.[|InjectInto|](headers);"), Source("(activity ?? Activity.Current)?.Context.InjectInto(headers);"), Setup.OpenTelemetry);

        static string Source(string statement) => $$"""
            using System.Collections.Generic;
            using System.Diagnostics;
            using OpenTelemetry.Context.Propagation;

            public static class Spans
            {
                private static readonly ActivitySource source = new("spans");

                public static void InjectInto(this ActivityContext context, Dictionary<string, string> headers)
                    => Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(context, default), headers, {{Setter}});

                public static void Send(Dictionary<string, string> headers)
                {
                    using var activity = source.StartActivity("publish");
                    {{statement}}
                }
            }
            """;
    }

    [Fact]
    public Task CSharp7() => Verify(
        CSharp7Code("""
            if (activity != null)
            {
                headers[[|"traceparent"|]] = activity.Id;
            }
            headers[[|"Diagnostic-Id"|]] = activity?.Id ?? "";
            DistributedContextPropagator.Current.[|Inject|](activity, others, null);
            """),
        CSharp7Code("""
            if ((activity ?? Activity.Current) is Activity current)
            {
                headers["traceparent"] = current.Id;
            }
            if ((activity ?? Activity.Current)?.Id is string traceParent)
            {
                headers["Diagnostic-Id"] = traceParent;
            }
            DistributedContextPropagator.Current.Inject(activity ?? Activity.Current, others, null);
            """),
        Setup.SystemDiagnostics with { Language = LanguageVersion.CSharp7_3, Nullable = false });

    [Fact]
    public Task ActivityThatMeansSomethingElse_IsNamedInFull() => Verify(
        Shadowed("Propagator.Current.[|Inject|](span, headers, null);"),
        Shadowed("Propagator.Current.Inject(span ?? global::System.Diagnostics.Activity.Current, headers, null);"));

    [Fact]
    public Task MissingUsing_IsAdded() => Verify(
        """
        using System.Collections.Generic;
        using Propagator = System.Diagnostics.DistributedContextPropagator;

        public class Sample(System.Diagnostics.ActivitySource source)
        {
            public void Send(Dictionary<string, string> headers)
            {
                using var span = source.StartActivity("publish");
                Propagator.Current.[|Inject|](span, headers, null);
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Diagnostics;
        using Propagator = System.Diagnostics.DistributedContextPropagator;

        public class Sample(System.Diagnostics.ActivitySource source)
        {
            public void Send(Dictionary<string, string> headers)
            {
                using var span = source.StartActivity("publish");
                Propagator.Current.Inject(span ?? Activity.Current, headers, null);
            }
        }
        """);

    private static string Shadowed(string statement) => $$"""
        using System.Collections.Generic;
        using Propagator = System.Diagnostics.DistributedContextPropagator;

        public class Sample(System.Diagnostics.ActivitySource source)
        {
            private sealed class Activity;

            public void Send(Dictionary<string, string> headers)
            {
                using var span = source.StartActivity("publish");
                {{statement}}
            }
        }
        """;

    private static string CSharp7Code(string statements) => $$"""
        using System.Collections.Generic;
        using System.Diagnostics;

        public class Sample
        {
            private static readonly ActivitySource source = new ActivitySource("sample");

            public void Send(Dictionary<string, string> headers, Dictionary<string, string> others)
            {
                var activity = source.StartActivity("publish");
        {{string.Join('\n', statements.Split('\n').Select(static line => "        " + line))}}
            }
        }
        """.ReplaceLineEndings("\n");
}
