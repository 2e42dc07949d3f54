// Work that is left to itself under a name without the suffix Async.
namespace Kinds;
internal sealed class R3(HttpClient http)
{
    public void Discard(string id) { using var activity = T.Source.StartActivity("a"); _ = Confirm(id); }

    private async Task Confirm(string id) { await Task.Delay(10); await http.PostAsync("http://confirm/" + id, null); }

    public void Void(string id) { using var activity = T.Source.StartActivity("a"); Fire(id); }

    private async void Fire(string id) { await Task.Delay(10); await http.PostAsync("http://fire/" + id, null); }

    public void Continued(string id) { using var activity = T.Source.StartActivity("a"); http.GetAsync("http://a/" + id).ContinueWith(_ => activity?.SetTag("done", true)); }
}
