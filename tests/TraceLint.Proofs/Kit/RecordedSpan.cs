using System.Diagnostics;

namespace TraceLint.Proofs.Kit;

/// <summary>A span of a run, and what it was like when it ended.</summary>
internal sealed class RecordedSpan(Activity activity)
{
    /// <summary>The custom property of the root that has the exception with which a program ended.</summary>
    public const string Failure = "TraceLint.Proofs.Failure";

    private const string NotesProperty = "TraceLint.Proofs.Notes";

    private (int Tags, int Events, ActivityStatusCode Status, string Name) _dataAtEnd;
    private string[] _tagsAtEnd = [];

    public Activity Activity { get; } = activity;

    public string Name => Activity.OperationName;

    /// <summary>Whether it began the run.</summary>
    public bool IsRoot => Name == "root";

    private (int Tags, int Events, ActivityStatusCode Status, string Name) Data
        => (Activity.TagObjects.Count(), Activity.Events.Count(), Activity.Status, Activity.DisplayName);

    /// <summary>Says something of a span that only the receiver of a message can know.</summary>
    public static void Note(Activity activity, IEnumerable<string> notes)
        => activity.SetCustomProperty(NotesProperty, notes.Concat(activity.GetCustomProperty(NotesProperty) as string[] ?? []).ToArray());

    /// <summary>Keeps what an exporter gets: the tags too, of a span that is recorded.</summary>
    public void End()
        => (_dataAtEnd, _tagsAtEnd) = (Data, Activity.Recorded ? [.. Activity.TagObjects.Select(static tag => $"{tag.Key}={tag.Value}")] : []);

    public RecordedSpan? ParentIn(IEnumerable<RecordedSpan> spans)
        => spans.FirstOrDefault(span => span.Activity.SpanId == Activity.ParentSpanId && span.Activity.TraceId == Activity.TraceId && span != this);

    /// <summary>What is unusual about it.</summary>
    public IEnumerable<string> NotesIn(IReadOnlyCollection<RecordedSpan> spans)
    {
        var root = spans.First(static span => span.IsRoot);
        var isInTrace = Activity.TraceId == root.Activity.TraceId;
        if (!IsRoot && Activity.ParentSpanId != default && ParentIn(spans) is null)
        {
            yield return "parent unknown";
        }

        // What begins elsewhere is sampled; what belongs to the trace is so or not as its root is.
        if (Activity.Recorded != (!isInTrace || root.Activity.Recorded))
        {
            yield return Activity.Recorded ? "sampled" : "unsampled";
        }

        if (isInTrace && Activity.TraceStateString != root.Activity.TraceStateString)
        {
            yield return "no tracestate";
        }

        if (!Activity.IsStopped)
        {
            yield return "never ended";
        }
        else if (Data != _dataAtEnd)
        {
            yield return "written to after its end";
        }

        foreach (var tag in _tagsAtEnd)
        {
            yield return tag;
        }

        foreach (var link in Activity.Links)
        {
            yield return $"link to {spans.FirstOrDefault(span => span.Activity.SpanId == link.Context.SpanId)?.Name ?? "unknown"}";
        }

        foreach (var note in Activity.GetCustomProperty(NotesProperty) as string[] ?? [])
        {
            yield return note;
        }
    }
}
