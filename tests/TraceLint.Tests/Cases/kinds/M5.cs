// A context that is read, and goes nowhere near the message.
namespace Kinds;
internal sealed class M5(IProducer<string, string> producer, List<string> audit)
{
    public async Task Local()
    {
        var context = Activity.Current?.Context ?? default;
        await producer.ProduceAsync("orders", new Message<string, string> { Value = "new" });
    }

    public async Task Log()
    {
        var trace = Activity.Current?.TraceId.ToString();
        Console.WriteLine(trace);
        await producer.ProduceAsync("orders", new Message<string, string> { Value = "new" });
    }

    public async Task<IResult> Problem(HttpContext http)
    {
        http.Response.Headers["trace-id"] = Activity.Current?.Id;
        await producer.ProduceAsync("orders", new Message<string, string> { Value = "new" });
        return Results.Problem(new ProblemDetails { Extensions = { ["traceId"] = Activity.Current?.Id } });
    }

    public async Task Row()
    {
        audit.Add("new " + Activity.Current?.TraceId);
        await producer.ProduceAsync("orders", new Message<string, string> { Value = "new" });
    }

    // It is in the message.
    public async Task Silent()
    {
        var context = Activity.Current?.Id;
        await producer.ProduceAsync("orders", new Message<string, string> { Value = JsonSerializer.Serialize(new { Id = 1, TraceParent = context }) });
    }
}
