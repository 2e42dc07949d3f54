using TraceLint.Configuration;
using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Configuration;

/// <summary>A value of an option that changes what a rule says, or what its fix writes, about some code.</summary>
/// <param name="Option">The option.</param>
/// <param name="Value">The value that counts.</param>
/// <param name="Neutral">One that leaves things as they are by default.</param>
/// <param name="Rule">The id of the rule.</param>
/// <param name="Setup">How the code is compiled.</param>
/// <param name="Verify">Runs the rule, and says whether the value is expected to count.</param>
internal sealed record OptionCase(Option Option, string Value, string Neutral, string Rule, Setup Setup, Func<Setup, bool, Task> Verify)
{
    /// <summary>A line of a declaration file that says the same; empty where there is none.</summary>
    public string Declaration { get; init; } = "";
}

/// <summary>One case at least for every option there is.</summary>
internal static class OptionCases
{
    public static OptionCase[] All { get; } =
    [
        new(KnownOptions.TestCode, "true", "false", "TL1001", InTests, Reports<TL1001_KafkaPublishWithoutContext>(
            KafkaCode.Method("""producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id });"""))),

        new(KnownOptions.InstrumentedTransports, "kafka", "sqs", "TL1001", Setup.OpenTelemetry, Silences<TL1001_KafkaPublishWithoutContext>(
            KafkaCode.Method("""producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id });""")))
        {
            Declaration = "instrumented_transport kafka",
        },

        new(KnownOptions.FixDialect, "system_diagnostics", "auto", "TL1001", Setup.OpenTelemetry, static (setup, counts) => Verify<TL1001_KafkaPublishWithoutContext>.Fix<TL1001_InjectIntoKafkaMessage>(
            Producing("[|Produce|]", ""), Producing("Produce", counts ? MessageBySystemDiagnostics : MessageByOpenTelemetry), setup)),

        new(KnownOptions.FixDialect, "system_diagnostics", "auto", "TL2001", Setup.OpenTelemetry, static (setup, counts) => Verify<TL2001_KafkaSpanWithoutContext>.Fix<TL2001_ExtractFromKafkaHeaders>(
            Consuming("[|StartActivity|]", "", ""), counts ? Consuming("StartActivity", ParentBySystemDiagnostics, ", parent") : Consuming("StartActivity", ParentByOpenTelemetry, ", parent.ActivityContext"), setup)),

        new(KnownOptions.FixDialect, "system_diagnostics", "auto", "TL3010", Setup.OpenTelemetry, static (setup, counts) => Verify<TL3010_ChildProcessWithoutContext>.Fix<TL3010_InjectIntoEnvironment>(
            Starting("[|Start|]", ""), Starting("Start", counts ? EnvironmentBySystemDiagnostics : EnvironmentByOpenTelemetry), setup)),

        new(KnownOptions.Tracing, "never", "auto", "TL3008", Setup.OpenTelemetry, Silences<TL3008_AwaitInsideSuppressFlow>(
            LifetimeCode.Async("""
                using (ExecutionContext.SuppressFlow())
                {
                    [|await|] work.DoAsync(order);
                }
                """))),

        new(KnownOptions.Tracing, "always", "auto", "TL2005", Setup.SystemDiagnostics, Reports<TL2005_HeadersLeftOutOfConsumeResult>(
            KafkaCode.Method("""var config = new ConsumerConfig { [|ConsumeResultFields|] = "none" };"""))),

        new(KnownOptions.InjectMethods, "M:Sample.Stamp", "M:Sample.Other", "TL1001", Setup.OpenTelemetry, Silences<TL1001_KafkaPublishWithoutContext>(
            KafkaCode.Method("""
                var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
                Stamp(message.Headers);
                producer.[|Produce|]("orders", message);
                """, "private static void Stamp(Headers headers) { }")))
        {
            Declaration = "inject M:Sample.Stamp",
        },

        new(KnownOptions.ExtractMethods, "M:Worker.Adopt", "M:Worker.Other", "TL2001", Setup.OpenTelemetry, Silences<TL2001_KafkaSpanWithoutContext>(
            ConsumerCode.Kafka("""
                var result = consumer.Consume(cancellation);
                Adopt(result.Message.Headers);
                using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
                handler.Handle(result.Message.Value);
                """, "private static void Adopt(Headers headers) { }")))
        {
            Declaration = "extract M:Worker.Adopt",
        },

        new(KnownOptions.PublishMethods, "M:Acme.Messaging.IBus.Publish", "M:Acme.Messaging.IBus.Mail", "TL1003", Undeclared, Reports<TL1003_PublishWithoutContext>(
            BusCode.Bus("""bus.[|Publish|](new Envelope("orders", body));""")))
        {
            Declaration = "publish M:Acme.Messaging.IBus.Publish",
        },

        new(KnownOptions.PublishMethods, "T:Acme.Messaging.Envelope", "T:Acme.Messaging.Other", "TL1003", Undeclared, Reports<TL1003_PublishWithoutContext>(
            BusCode.Bus("""bus.[|Publish|](new Envelope("orders", body));""")))
        {
            Declaration = "publish T:Acme.Messaging.Envelope",
        },

        new(KnownOptions.ConsumeMethods, "M:Acme.Messaging.IBus.ReceiveAsync", "M:Acme.Messaging.IBus.Other", "TL2003", Undeclared, Reports<TL2003_SpanWithoutContext>(
            BusCode.Bus("""
                var envelope = await bus.ReceiveAsync();
                using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
                Process(envelope.Body);
                """, "private static void Process(byte[]? body) { }")))
        {
            Declaration = "consume M:Acme.Messaging.IBus.ReceiveAsync",
        },

        new(KnownOptions.ConsumeMethods, "T:Acme.Messaging.Delivery | T:Acme.Messaging.Envelope", "T:Acme.Messaging.Other", "TL2003", Undeclared, Reports<TL2003_SpanWithoutContext>(
            BusCode.Bus("""
                var envelope = await bus.ReceiveAsync();
                using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
                Process(envelope.Body);
                """, "private static void Process(byte[]? body) { }")))
        {
            Declaration = "consume T:Acme.Messaging.Envelope",
        },

        new(KnownOptions.SpanStartMethods, "M:Sample.Begin", "M:Sample.Other", "TL2005", Setup.SystemDiagnostics, Reports<TL2005_HeadersLeftOutOfConsumeResult>(
            KafkaCode.Method("""
                Begin();
                var config = new ConsumerConfig { [|ConsumeResultFields|] = "none" };
                """, "private static void Begin() { }")))
        {
            Declaration = "span_start M:Sample.Begin",
        },

        new(KnownOptions.TracingPrograms, "packer", "git", "TL3010", Setup.OpenTelemetry, Reports<TL3010_ChildProcessWithoutContext>(
            LifetimeCode.Sync("""Process.[|Start|]("/opt/acme/packer", "--all");""")))
        {
            Declaration = "tracing_program packer",
        },

        new(KnownOptions.UntracedPrograms, "resizer", "packer", "TL3011", Setup.OpenTelemetry, Silences<TL3011_OtherChildProcessWithoutContext>(
            LifetimeCode.Sync("""
                using var activity = source.StartActivity("resize");
                Process.[|Start|]("resizer", order);
                """)))
        {
            Declaration = "untraced_program resizer",
        },
    ];

    private static Setup InTests => Setup.OpenTelemetry with { References = References.KafkaAndOpenTelemetry.Add(References.Named("xunit.core")) };

    private static Setup Undeclared => BusCode.Setup with { Declarations = "" };

    private const string MessageByOpenTelemetry = """
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            message.Headers,
            static (headers, key, value) =>
            {
                headers.Remove(key);
                headers.Add(key, Encoding.UTF8.GetBytes(value));
            });

        """;

    private const string MessageBySystemDiagnostics = """
        DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
        {
            message.Headers.Remove(key);
            message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
        });

        """;

    private const string ParentByOpenTelemetry = """
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default,
            result.Message.Headers,
            static (headers, key) => headers.TryGetLastBytes(key, out var value)
                ? new[] { Encoding.UTF8.GetString(value) }
                : Array.Empty<string>());

        """;

    private const string ParentBySystemDiagnostics = """
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

        """;

    private const string EnvironmentByOpenTelemetry = """
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            info.Environment,
            static (environment, key, value) => environment[key.ToUpperInvariant()] = value);

        """;

    private const string EnvironmentBySystemDiagnostics = """
        DistributedContextPropagator.Current.Inject(
            Activity.Current,
            info.Environment,
            (_, key, value) => info.Environment[key.ToUpperInvariant()] = value);

        """;

    private static string Producing(string produce, string injection) => KafkaCode.Traced($$"""
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        {{injection}}producer.{{produce}}("orders", message);
        """);

    private static string Consuming(string startActivity, string extraction, string parent) => ConsumerCode.Kafka($"""
        var result = consumer.Consume(cancellation);
        {extraction}using var activity = source.{startActivity}("process", ActivityKind.Consumer{parent});
        handler.Handle(result.Message.Value);
        """);

    private static string Starting(string start, string injection) => LifetimeCode.Sync($"""
        var info = new ProcessStartInfo("dotnet", "worker.dll");
        {injection}Process.{start}(info);
        """, usings: "using OpenTelemetry;\nusing OpenTelemetry.Context.Propagation;");

    // What is marked in the code is reported when the value counts.
    private static Func<Setup, bool, Task> Reports<TRule>(string code)
        where TRule : Rule, new()
        => (setup, counts) => Verify<TRule>.Rule(counts ? code : Unmarked(code), setup);

    // What is marked in the code is reported unless the value counts.
    private static Func<Setup, bool, Task> Silences<TRule>(string code)
        where TRule : Rule, new()
        => (setup, counts) => Verify<TRule>.Rule(counts ? Unmarked(code) : code, setup);

    private static string Unmarked(string code) => code.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
}
