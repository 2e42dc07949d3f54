using System.Diagnostics;
using System.Reflection;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;

namespace Decoys.Instrumented.Proxies;

/// <summary>Stands in for the producer at run time.</summary>
public class TracingProxy<TProducer> : DispatchProxy
    where TProducer : class
{
    internal TProducer? Inner { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        foreach (var message in args?.OfType<MessageMetadata>() ?? [])
        {
            message.Headers ??= [];
            message.Headers.Remove("traceparent");
            if (Activity.Current?.Id is { } id)
                message.Headers.Add("traceparent", Encoding.ASCII.GetBytes(id));
        }

        return targetMethod?.Invoke(Inner, args);
    }
}

internal static class TracingProxy
{
    public static TProducer Around<TProducer>(TProducer inner)
        where TProducer : class
    {
        var proxy = DispatchProxy.Create<TProducer, TracingProxy<TProducer>>();
        ((TracingProxy<TProducer>)(object)proxy).Inner = inner;
        return proxy;
    }
}

/// <summary>Publishes through the proxy that is registered for its producer.</summary>
internal sealed class ProxiedPublisher(IProducer<string, string> producer)
{
    public static IServiceCollection Add(IServiceCollection services, ProducerConfig config)
        => services
            .AddSingleton(_ => TracingProxy.Around(new ProducerBuilder<string, string>(config).Build()))
            .AddSingleton<ProxiedPublisher>();

    public Task PublishAsync(string key) => producer.ProduceAsync("proxied", new Message<string, string> { Key = key, Value = key });
}
