// A restored Activity.Current is no stop of a span that is left running.
namespace Kinds;
internal sealed class M2(Store store)
{
    public void Leak()
    {
        var activity = T.Source.StartActivity("leak");
        activity?.SetTag("a", 1);
        store.Save("a");
    }

    public void Restore(Action work)
    {
        var previous = Activity.Current;
        Activity.Current = null;
        try { work(); } finally { Activity.Current = previous; }
    }
}
