using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using TraceLint.Proofs.Flow;
using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Facts;

/// <summary>What propagators write when they are given nothing, under a span that is current: what TL1006 relies on.</summary>
[Collection(nameof(FlowTableProofs))]
public class EmptyInjectionFacts
{
    private static readonly Baggage s_baggage = Baggage.Create(new Dictionary<string, string> { ["tenant"] = "7" });

    private static readonly PropagationContext s_baggageAlone = new(default, s_baggage);

    public static TheoryData<TextMapPropagator> TextMapPropagators =>
    [
        new TraceContextPropagator(),
        new BaggagePropagator(),
        new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()]),
    ];

    public static TheoryData<DistributedContextPropagator> PropagatorsOfDotNet =>
    [
        DistributedContextPropagator.Current,
        DistributedContextPropagator.CreateDefaultPropagator(),
        DistributedContextPropagator.CreateW3CPropagator(),
        DistributedContextPropagator.CreatePreW3CPropagator(),
    ];

    [Theory]
    [MemberData(nameof(TextMapPropagators))]
    public void DefaultContext_WritesNothing(TextMapPropagator propagator)
        => Assert.Empty(UnderSpan(_ => Written(propagator, default)));

    [Theory]
    [MemberData(nameof(TextMapPropagators))]
    public void ContextWithoutSpan_WritesAtMostBaggage(TextMapPropagator propagator)
        => Assert.All(UnderSpan(_ => Written(propagator, s_baggageAlone)), static name => Assert.Equal("baggage", name));

    [Fact]
    public void BaggagePropagator_WritesBaggageAlone()
        => Assert.Equal(["baggage"], UnderSpan(static span => Written(new BaggagePropagator(), new PropagationContext(span.Context, s_baggage))));

    [Fact]
    public void DefaultPropagator_WritesBoth()
    {
        using var recorder = new SpanRecorder(Dialect.OpenTelemetry);

        Assert.Equal(
            ["baggage", "traceparent"],
            UnderSpan(static span => Written(Propagators.DefaultTextMapPropagator, new PropagationContext(span.Context, s_baggage))));
    }

    [Theory]
    [MemberData(nameof(PropagatorsOfDotNet))]
    public void NullActivity_WritesNothing(DistributedContextPropagator propagator) => Assert.Empty(UnderSpan(_ => Written(propagator, null)));

    [Theory]
    [MemberData(nameof(PropagatorsOfDotNet))]
    public void Activity_IsWritten(DistributedContextPropagator propagator) => Assert.NotEmpty(UnderSpan(span => Written(propagator, span)));

    // It ignores the Activity that it is given and writes the outermost of those that are current.
    [Fact]
    public void PassThroughPropagator_WritesWithoutAnActivity()
        => Assert.NotEmpty(UnderSpan(static _ => Written(DistributedContextPropagator.CreatePassThroughPropagator(), null)));

    [Fact]
    public void NoOutputPropagator_WritesNothing()
        => Assert.Empty(UnderSpan(static span => Written(DistributedContextPropagator.CreateNoOutputPropagator(), span)));

    private static string[] UnderSpan(Func<Activity, string[]> inject)
    {
        using var activity = new Activity("send").Start();
        return inject(activity);
    }

    private static string[] Written(TextMapPropagator propagator, PropagationContext context)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        propagator.Inject(context, headers, static (carrier, key, value) => carrier[key] = value);
        return [.. headers.Keys];
    }

    private static string[] Written(DistributedContextPropagator propagator, Activity? activity)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        propagator.Inject(activity, headers, static (carrier, key, value) => ((IDictionary<string, string>)carrier!)[key] = value);
        return [.. headers.Keys];
    }
}
