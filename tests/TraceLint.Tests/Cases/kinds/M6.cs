// The payload is made of something that has a member that sounds like tracing, without that member.
namespace Kinds;
internal sealed class Order { public string Name { get; set; } = ""; public string? TraceId { get; set; } }
internal sealed class M6(IProducer<string, string> producer)
{
    public async Task Path(HttpContext http) => await producer.ProduceAsync("visits", new Message<string, string> { Value = http.Request.Path.Value! });

    public async Task Name(Order order) => await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Name });

    public async Task First() => await Send("orders");

    public async Task Second() => await Send(Activity.Current!.Id!);

    private Task Send(string text) => producer.ProduceAsync("orders", new Message<string, string> { Value = text });

    public async Task Silent(Order order) => await producer.ProduceAsync("orders", new Message<string, string> { Value = JsonSerializer.Serialize(order) });
}
