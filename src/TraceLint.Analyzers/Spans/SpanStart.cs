using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>Which API starts a span.</summary>
internal enum SpanApi
{
    /// <summary><c>ActivitySource.StartActivity</c> and <c>CreateActivity</c>, which may return null.</summary>
    ActivitySource,

    /// <summary><c>new Activity(name).Start()</c>.</summary>
    Activity,

    /// <summary>OpenTelemetry's <c>Tracer</c>.</summary>
    Tracer,
}

/// <summary>A call that starts a span, or makes one to be started.</summary>
/// <param name="Call">The call.</param>
/// <param name="Api">Which API it is one of.</param>
/// <param name="IsStarted">Whether the span runs from here on; false for <c>CreateActivity</c>.</param>
/// <param name="BecomesCurrent">Whether it is the current span from here on.</param>
/// <param name="IsRoot">Whether it begins a trace of its own, whatever is current.</param>
internal sealed record SpanStart(IInvocationOperation Call, SpanApi Api, bool IsStarted, bool BecomesCurrent, bool IsRoot)
{
    /// <summary>Its name; null when the call does not say: it is that of the calling method then.</summary>
    public IOperation? Name { get; init; }

    /// <summary>Its kind.</summary>
    public IOperation? Kind { get; init; }

    /// <summary>The context or the span it is to be a child of.</summary>
    public IOperation? Parent { get; init; }

    /// <summary>The id of the span it is to be a child of, as text.</summary>
    public IOperation? ParentId { get; init; }

    /// <summary>What it is linked to.</summary>
    public IOperation? Links { get; init; }

    /// <summary>Its tags.</summary>
    public IOperation? Tags { get; init; }
}

/// <summary>
/// The calls that start spans: <c>ActivitySource</c>, <c>Activity.Start</c> and OpenTelemetry's <c>Tracer</c>. An argument
/// that is left out counts as not given.
/// </summary>
internal sealed class SpanStarts
{
    private readonly INamedTypeSymbol? _source;
    private readonly INamedTypeSymbol? _tracer;

    private SpanStarts(INamedTypeSymbol activity, INamedTypeSymbol? source, INamedTypeSymbol? tracer)
        => (Activity, _source, _tracer) = (activity, source, tracer);

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Tracer = "OpenTelemetry.Trace.Tracer";
        public const string SpanContext = "OpenTelemetry.Trace.SpanContext";
        public const string SpanKind = "OpenTelemetry.Trace.SpanKind";
    }

    /// <summary>The names such calls have. Asked before anything semantic.</summary>
    public static readonly HashSet<string> CalledNames = new(StringComparer.Ordinal)
    {
        "CreateActivity", "Start", "StartActiveSpan", "StartActivity", "StartRootSpan", "StartSpan",
    };

    /// <summary>The words without one of which no span is started, or handed around.</summary>
    public static readonly string[] Words = ["Activity", "ActivityContext", "ActivitySource", .. CalledNames.Where(static name => name is not "Start")];

    /// <summary>The type of a span.</summary>
    public INamedTypeSymbol Activity { get; }

    /// <summary>What starts spans in a compilation; null without System.Diagnostics.DiagnosticSource.</summary>
    public static SpanStarts? In(Compilation compilation)
        => compilation.TypeNamed(Propagation.SystemDiagnostics.Names.Activity) is { } activity
            ? new SpanStarts(activity, compilation.TypeNamed(SpanTypes.Names.ActivitySource), compilation.TypeNamed(Names.Tracer))
            : null;

    /// <summary>What a call starts.</summary>
    /// <returns>Null when it starts no span.</returns>
    public SpanStart? Of(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return !CalledNames.Contains(method.Name) ? null
            : Is(method.ContainingType, _source) && method.Name is "StartActivity" or "CreateActivity" ? OfSource(call)
            : Is(method.ContainingType, Activity) && method.Name is "Start" && !method.IsStatic ? OfActivity(call)
            : Is(method.ContainingType, _tracer) && method.Name.StartsWith("Start", StringComparison.Ordinal) ? OfTracer(call)
            : null;
    }

    /// <summary>Whether a type is that of a span, by either API.</summary>
    public bool IsSpan(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Is(current, Activity) || (_tracer is not null && current.Name == "TelemetrySpan" && SymbolEqualityComparer.Default.Equals(current.ContainingNamespace, _tracer.ContainingNamespace)))
            {
                return true;
            }
        }

        return false;
    }

    private static SpanStart OfSource(IInvocationOperation call)
    {
        var isStarted = call.TargetMethod.Name is "StartActivity";
        return new SpanStart(call, SpanApi.ActivitySource, isStarted, BecomesCurrent: isStarted, IsRoot: false)
        {
            Name = Given(call, "name"),
            Kind = Given(call, "kind"),
            Parent = Given(call, "parentContext"),
            ParentId = Given(call, "parentId"),
            Links = Given(call, "links"),
            Tags = Given(call, "tags"),
        };
    }

    // What was done to the activity between its creation and its start is not looked at here.
    private static SpanStart OfActivity(IInvocationOperation call)
        => new(call, SpanApi.Activity, IsStarted: true, BecomesCurrent: true, IsRoot: false)
        {
            Name = call.Instance is IObjectCreationOperation { Arguments: [var name, ..] } ? name.Value : null,
        };

    private static SpanStart OfTracer(IInvocationOperation call)
        => new(call, SpanApi.Tracer, IsStarted: true, BecomesCurrent: call.TargetMethod.Name is "StartActiveSpan", IsRoot: call.TargetMethod.Name is "StartRootSpan")
        {
            Name = Given(call, "name"),
            Kind = Given(call, "kind"),
            Parent = Given(call, "parentContext") ?? Given(call, "parentSpan"),
            Links = Given(call, "links"),
            Tags = Given(call, "initialAttributes"),
        };

    private static IOperation? Given(IInvocationOperation call, string parameter)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == parameter)
            {
                return argument.ArgumentKind is ArgumentKind.DefaultValue ? null : argument.Value;
            }
        }

        return null;
    }

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol? known) => known is not null && SymbolEqualityComparer.Default.Equals(type, known);
}
