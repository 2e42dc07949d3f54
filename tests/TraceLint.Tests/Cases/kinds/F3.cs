// HttpClient writes tracestate beside a traceparent that is written by hand.
namespace Kinds;
internal sealed class F3(HttpClient http)
{
    public async Task Send(string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("traceparent", Activity.Current?.Id);
        await http.SendAsync(request);
    }

    public void Answer(HttpResponse response) => response.Headers["traceparent"] = Activity.Current?.Id;
}
