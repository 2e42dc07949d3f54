using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Inventory;

internal sealed partial class ReservationPublisher
{
    private Message<string, string>? _draft;

    private static void StampHeaders(Message<string, string> message)
    {
        message.Headers ??= [];
        message.Headers.Add("team", "inventory"u8.ToArray());
        KafkaTrace.Inject(message.Headers);
    }

    private void CompleteDraft() => _draft = _draft?.WithTraceContext();
}
