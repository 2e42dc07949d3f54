using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace TraceLint.Proofs.Kit;

/// <summary>
/// Records the spans of one run. Runs follow each other, so that what starts a span during a run belongs to it; sources
/// that are older than the run do not.
/// </summary>
internal sealed class SpanRecorder : IDisposable
{
    private static readonly string[] s_libraries = ["System.", "Microsoft.", "Experimental.", "OpenTelemetry", "Amazon", "Confluent."];

    private readonly ConcurrentDictionary<Activity, RecordedSpan> _spans = new();
    private readonly ConcurrentQueue<RecordedSpan> _inOrder = new();
    private readonly ConcurrentDictionary<string, bool> _series = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _listener;
    private readonly TracerProvider? _sdk;
    private readonly bool _isRunning;

    public SpanRecorder(Dialect dialect)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Origin.SourceName or "" || (_isRunning && !Array.Exists(s_libraries, source.Name.StartsWith)),
            Sample = dialect is Dialect.OpenTelemetry ? LeaveItToTheSdk : SampleAsTheParent,
            ActivityStarted = Start,
            ActivityStopped = activity => _spans.GetValueOrDefault(activity)?.End(),
        };
        _sdk = dialect is Dialect.OpenTelemetry ? Sdk.CreateTracerProviderBuilder().AddSource("*").Build() : null;
        ActivitySource.AddActivityListener(_listener);
        _meters.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Meter.Name == "service")
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((_, _, tags, _) => _series[string.Join(", ", tags.ToArray())] = true);
        _meters.Start();
        _isRunning = true;
    }

    /// <summary>How many series a metric has; nothing when nothing was measured.</summary>
    public IEnumerable<string> MetricNotes => _series.IsEmpty ? [] : [$"{_series.Count} series"];

    /// <summary>In the order in which they started.</summary>
    public IReadOnlyCollection<RecordedSpan> Spans => [.. _inOrder];

    public void Dispose()
    {
        _listener.Dispose();
        _meters.Dispose();
        _sdk?.Dispose();
    }

    private static ActivitySamplingResult LeaveItToTheSdk(ref ActivityCreationOptions<ActivityContext> options) => ActivitySamplingResult.None;

    // What the SDK's default sampler does, and what becomes of a span that it drops.
    private static ActivitySamplingResult SampleAsTheParent(ref ActivityCreationOptions<ActivityContext> options)
    {
        if (options.Parent.TraceId == default || options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
        {
            return ActivitySamplingResult.AllDataAndRecorded;
        }

        return options.Parent.IsRemote ? ActivitySamplingResult.PropagationData : ActivitySamplingResult.None;
    }

    private void Start(Activity activity)
    {
        // HttpClient's own, which it starts whether or not somebody listens.
        if (activity.Source.Name.Length == 0 && activity.OperationName.StartsWith("System.", StringComparison.Ordinal))
        {
            return;
        }

        var span = new RecordedSpan(activity);
        _spans[activity] = span;
        _inOrder.Enqueue(span);
    }
}
