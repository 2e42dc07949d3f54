using Amazon.SQS;
using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Decoys.Operations;

/// <summary>Nobody follows a health check through a queue.</summary>
internal sealed class KafkaHealthCheck(IProducer<Null, string> producer) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var result = await producer.ProduceAsync("healthchecks-topic", new Message<Null, string> { Value = $"{DateTime.UtcNow:O}" }, cancellationToken);
            return result.Status is PersistenceStatus.NotPersisted ? HealthCheckResult.Degraded() : HealthCheckResult.Healthy();
        }
        catch (ProduceException<Null, string> e)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception: e);
        }
    }
}

/// <summary>Says so in the message.</summary>
internal sealed class ConnectivityProbe(IProducer<Null, string> producer, IAmazonSQS sqs)
{
    public Task PingKafkaAsync(CancellationToken cancellationToken)
        => producer.ProduceAsync("connectivity", new Message<Null, string> { Value = "ping" }, cancellationToken);

    public Task PingSqsAsync(string queueUrl) => sqs.SendMessageAsync(queueUrl, "ping");

    public void Heartbeat(string instance)
        => producer.Produce("heartbeat", new Message<Null, string> { Value = instance });
}
