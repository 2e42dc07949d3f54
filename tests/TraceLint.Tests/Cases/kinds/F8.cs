// A ping has no trace.
namespace Kinds;
using MQTTnet;
internal sealed class F8(IMqttClient client)
{
    public async Task Ping() => await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("ping").WithPayload("1").Build());

    public async Task Health() => await client.PublishStringAsync("health/ping", "1");
}
