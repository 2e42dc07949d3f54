using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// The names of calls that are worth looking at in a file: injections and, where spans are started, helpers that may inject.
/// </summary>
internal sealed class InjectingNames
{
    private readonly NameFilter _starts = new(TraceVocabulary.IsAboutSpans);
    private readonly NameFilter _helpers = new(TraceVocabulary.MayInject);

    /// <summary>Those names.</summary>
    public IEnumerable<string> In(FileIndex file)
        => file.Calls.Keys.Any(_starts.Accepts)
            ? file.Calls.Keys.Where(_helpers.Accepts).Union(Injection.CalledNames)
            : Injection.CalledNames;
}
