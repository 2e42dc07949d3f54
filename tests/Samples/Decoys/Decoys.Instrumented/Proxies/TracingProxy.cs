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
    private TProducer _inner = null!;

    public static TProducer Around(TProducer inner)
    {
        var proxy = Create<TProducer, TracingProxy<TProducer>>();
        ((TracingProxy<TProducer>)(object)proxy)._inner = inner;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        foreach (var message in args?.OfType<MessageMetadata>() ?? [])
        {
            message.Headers ??= [];
            message.Headers.Remove("traceparent");
            if (Activity.Current?.Id is { } id)
                message.Headers.Add("traceparent", Encoding.ASCII.GetBytes(id));
        }

        return targetMethod?.Invoke(_inner, args);
    }
}

/// <summary>Publishes through the proxy that is registered for its producer.</summary>
internal sealed class ProxiedPublisher(IProducer<string, string> producer)
{
    public static IServiceCollection Add(IServiceCollection services, ProducerConfig config)
        => services
            .AddSingleton(_ => TracingProxy<IProducer<string, string>>.Around(new ProducerBuilder<string, string>(config).Build()))
            .AddSingleton<ProxiedPublisher>();

    public Task PublishAsync(string key) => producer.ProduceAsync("proxied", new Message<string, string> { Key = key, Value = key });
}
