using System.Globalization;
using System.Text;
using Confluent.Kafka;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Puts payments that cannot be made now back to the end of their topic.</summary>
internal sealed class PaymentRetry(IProducer<string, string> producer)
{
    private const string AttemptHeader = "attempt";
    private const int MaxAttempts = 5;

    /// <returns>False when it was tried often enough.</returns>
    public async Task<bool> TryAgainAsync(ConsumeResult<string, string> result)
    {
        // The headers go with the payment: the next attempt belongs to the same trace.
        var headers = result.Message.Headers;
        var attempt = AttemptOf(headers);
        if (attempt == MaxAttempts)
            return false;

        headers.Remove(AttemptHeader);
        headers.Add(AttemptHeader, Encoding.UTF8.GetBytes((attempt + 1).ToString(CultureInfo.InvariantCulture)));
        await producer.ProduceAsync(Topics.Payments, new Message<string, string>
        {
            Key = result.Message.Key,
            Value = result.Message.Value,
            Headers = headers,
        });
        return true;
    }

    private static int AttemptOf(Headers headers) =>
        headers.TryGetLastBytes(AttemptHeader, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : 1;
}
