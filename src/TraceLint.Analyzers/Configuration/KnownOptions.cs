using System.Collections.Immutable;

namespace TraceLint.Configuration;

/// <summary>The API with which inserted code propagates the context.</summary>
internal enum DialectChoice
{
    /// <summary>OpenTelemetry if it is referenced, else System.Diagnostics.</summary>
    Auto,
    OpenTelemetry,
    SystemDiagnostics,
}

/// <summary>Whether a project counts as one that traces.</summary>
internal enum TracingChoice
{
    /// <summary>It does if it starts spans or references OpenTelemetry.</summary>
    Auto,
    Always,
    Never,
}

/// <summary>All settings.</summary>
internal static class KnownOptions
{
    /// <summary>The transports that can be declared as instrumented, besides <c>all</c>.</summary>
    public static readonly ImmutableArray<string> Transports = ImmutableArray.Create(
        "kafka", "sqs", "sns", "eventbridge", "kinesis", "rabbitmq", "easynetq", "mqtt", "nats", "pubsub", "pulsar", "servicebus",
        "eventhubs", "redis", "hangfire", "quartz", "declared");

    /// <summary>Whether test projects are analyzed. By default they are not, because nobody looks at the traces of tests.</summary>
    public static readonly Option<bool> TestCode = Choice("test_code", false, ("true", true), ("false", false));

    /// <summary>The transports for which an agent injects and extracts the context at run time.</summary>
    public static readonly Option<ImmutableHashSet<string>> InstrumentedTransports = new(
        "instrumented_transports",
        string.Join(", ", Transports.Add("all").Select(static name => $"`{name}`")),
        ImmutableHashSet<string>.Empty,
        ParseTransports);

    public static readonly Option<DialectChoice> FixDialect = Choice(
        "fix_dialect",
        DialectChoice.Auto,
        ("auto", DialectChoice.Auto),
        ("opentelemetry", DialectChoice.OpenTelemetry),
        ("system_diagnostics", DialectChoice.SystemDiagnostics));

    public static readonly Option<TracingChoice> Tracing = Choice(
        "tracing", TracingChoice.Auto, ("auto", TracingChoice.Auto), ("always", TracingChoice.Always), ("never", TracingChoice.Never));

    public static readonly Option<MethodPatterns> InjectMethods = Methods("inject_methods");
    public static readonly Option<MethodPatterns> ExtractMethods = Methods("extract_methods");
    public static readonly Option<MethodPatterns> PublishMethods = Methods("publish_methods");
    public static readonly Option<MethodPatterns> ConsumeMethods = Methods("consume_methods");
    public static readonly Option<MethodPatterns> SpanStartMethods = Methods("span_start_methods");

    /// <summary>Programs that continue the trace of the process that starts them.</summary>
    public static readonly Option<ProgramNames> TracingPrograms = Programs("tracing_programs");

    /// <summary>Programs that do not trace.</summary>
    public static readonly Option<ProgramNames> UntracedPrograms = Programs("untraced_programs");

    public static readonly ImmutableArray<Option> All = ImmutableArray.Create<Option>(
        TestCode,
        InstrumentedTransports,
        FixDialect,
        Tracing,
        InjectMethods,
        ExtractMethods,
        PublishMethods,
        ConsumeMethods,
        SpanStartMethods,
        TracingPrograms,
        UntracedPrograms);

    /// <summary>The elements of a list that is separated by commas or bars.</summary>
    public static IEnumerable<string> Split(string text)
        => text.Split(',', '|').Select(static part => part.Trim()).Where(static part => part.Length > 0);

    private static Option<T> Choice<T>(string name, T byDefault, params (string Text, T Value)[] choices)
        => new(name, string.Join(", ", choices.Select(static choice => $"`{choice.Text}`")), byDefault, text =>
        {
            foreach (var choice in choices)
            {
                if (string.Equals(choice.Text, text.Trim(), StringComparison.OrdinalIgnoreCase))
                {
                    return (choice.Value, null);
                }
            }

            return (byDefault, $"cannot be {Quote.Text(text)}; use {OneOf(choices.Select(static choice => choice.Text))}");
        });

    private static (ImmutableHashSet<string>, string?) ParseTransports(string text)
    {
        var names = Split(text).Select(static name => name.ToLowerInvariant()).ToImmutableHashSet();
        return names.FirstOrDefault(static name => name != "all" && !Transports.Contains(name)) is { } unknown
            ? (ImmutableHashSet<string>.Empty, $"has no transport {Quote.Text(unknown)}{OfferTransport(unknown)}")
            : (names, null);
    }

    // The list is too long for a message.
    private static string OfferTransport(string written)
        => NearestName.Offer(written, Transports) is { Length: > 0 } offer ? offer : "; the page on settings lists the names";

    private static string OneOf(IEnumerable<string> values)
        => string.Join(", ", values) is var list && list.LastIndexOf(", ", StringComparison.Ordinal) is var last and > 0
            ? $"{list.Substring(0, last)} or {list.Substring(last + 2)}"
            : list;

    private static Option<MethodPatterns> Methods(string name)
        => new(
            name,
            "documentation ids, separated by a bar",
            MethodPatterns.None,
            static text => MethodPatterns.Of(text) is var read && read.Problem is { } problem
                ? (read, "cannot be read: " + problem)
                : (read, null));

    private static Option<ProgramNames> Programs(string name)
        => new(name, "file names, separated by commas", ProgramNames.None, static text =>
        {
            var problems = Split(text).Select(ProgramNames.ProblemIn).OfType<string>();
            return (new ProgramNames(Split(text)), problems.FirstOrDefault());
        });
}
