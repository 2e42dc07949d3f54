// The parent is set after the sampler has decided.
namespace Kinds;
internal sealed class R17(Store store)
{
    public void Handle(string parent)
    {
        var activity = T.Source.CreateActivity("job", ActivityKind.Consumer);
        activity?.SetParentId(parent);
        activity?.Start();
        try { store.Save("x"); } finally { activity?.Stop(); }
    }
}
