using System.Diagnostics;
using System.Reflection;
using System.Text;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Loyalty;

/// <summary>Context that is put on by code that only the runtime knows: dynamic, reflection, listeners, scopes.</summary>
internal sealed class PointsEvents(IProducer<string, string> producer, IServiceProvider services)
{
    private static readonly DiagnosticListener _listener = new("Decoys.Loyalty");
    private static readonly MethodInfo _inject = typeof(KafkaTrace).GetMethod(nameof(KafkaTrace.Inject), BindingFlags.Public | BindingFlags.Static)!;

    public Task EarnedAsync(string customer, dynamic enricher)
    {
        var message = new Message<string, string> { Key = customer, Value = "earned", Headers = [] };
        enricher.Enrich(message.Headers);
        return producer.ProduceAsync(Names.Points, message);
    }

    public Task SpentAsync(string customer, dynamic headers)
    {
        var message = new Message<string, string> { Key = customer, Value = "spent" };
        message.Headers = headers;
        return producer.ProduceAsync(Names.Points, message);
    }

    public Task ExpiredAsync(string customer)
    {
        var headers = new Headers();
        _inject.Invoke(null, [headers]);
        return producer.ProduceAsync(Names.Points, new Message<string, string> { Key = customer, Value = "expired", Headers = headers });
    }

    public Task GrantedAsync(string customer, Type messageType)
    {
        var message = (Message<string, string>)Activator.CreateInstance(messageType)!;
        message.Key = customer;
        message.Value = "granted";
        return producer.ProduceAsync(Names.Points, message);
    }

    public Task RevokedAsync(string customer)
    {
        var message = new Message<string, string> { Key = customer, Value = "revoked" };
        foreach (var plugin in (IEnumerable<IPublishPlugin>?)services.GetService(typeof(IEnumerable<IPublishPlugin>)) ?? [])
            plugin.OnSend(message);
        return producer.ProduceAsync(Names.Points, message);
    }

    public void Corrected(string customer)
    {
        var message = new Message<string, string> { Key = customer, Value = "corrected", Headers = new Headers() };
        // Agents subscribe to this and add their headers.
        if (_listener.IsEnabled("BeforePublish"))
            _listener.Write("BeforePublish", new { Message = message });
        producer.Produce(Names.Points, message);
    }

    public void Merged(string customer)
    {
        var message = new Message<string, string> { Key = customer, Value = "merged" };
        using (PublishScope.Start(message))
            producer.Produce(Names.Points, message);
    }

    public void Transferred(string from, string to)
    {
        var message = new Message<string, string> { Key = from, Value = to };
        using var scope = new PublishScope(message, "transfer");
        producer.Produce(Names.Points, message);
    }

    public async Task LevelReachedAsync(string customer)
    {
        var headers = new Headers();
        using var activity = Telemetry.Source.StartPublish(Names.Points, headers);
        await producer.ProduceAsync(Names.Points, new Message<string, string> { Key = customer, Value = "level", Headers = headers });
    }

    public async Task BirthdayAsync(string customer)
    {
        var message = new Message<string, string> { Key = customer, Value = "birthday" };
        var activity = Telemetry.Source.StartPublish(Names.Points, message, out var carried);
        try
        {
            await producer.ProduceAsync(Names.Points, carried);
        }
        finally
        {
            activity?.Dispose();
        }
    }

    public void Adjusted(string customer)
    {
        var stamped = new Stamped<Message<string, string>>(new() { Key = customer, Value = "adjusted" });
        producer.Produce(Names.Points, stamped.Message);
    }

    public void AdjustedTwice(string customer)
    {
        Message<string, string> stamped = new Stamped<Message<string, string>>(new() { Key = customer, Value = "adjusted twice" });
        producer.Produce(Names.Points, stamped);
    }
}

/// <summary>Implemented by plugins, which are loaded at run time.</summary>
internal interface IPublishPlugin
{
    void OnSend<TKey, TValue>(Message<TKey, TValue> message);
}

/// <summary>A wrapper whose making is what stamps.</summary>
internal sealed class Stamped<TMessage>
    where TMessage : MessageMetadata
{
    public Stamped(TMessage message)
    {
        message.Headers = message.Headers.WithTraceContext();
        Message = message;
    }

    public TMessage Message { get; }

    public static implicit operator TMessage(Stamped<TMessage> stamped) => stamped.Message;
}

/// <summary>A span for the time of a publish, which puts itself on the message.</summary>
internal sealed class PublishScope : IDisposable
{
    private readonly Activity? _activity;

    public PublishScope(MessageMetadata message, string name)
    {
        _activity = Telemetry.Source.StartActivity(name, ActivityKind.Producer);
        message.Headers ??= [];
        KafkaTrace.Inject(message.Headers);
    }

    public static PublishScope Start(MessageMetadata message) => new(message, "publish");

    public void Dispose() => _activity?.Dispose();
}

internal static class ActivitySourceExtensions
{
    /// <summary>Starts a span and puts the context on the headers: the span's own where there is one, else that of the caller.</summary>
    public static Activity? StartPublish(this ActivitySource source, string topic, Headers headers)
    {
        var activity = source.StartActivity($"{topic} publish", ActivityKind.Producer);
        if ((activity ?? Activity.Current)?.Id is { } id)
        {
            headers.Remove("traceparent");
            headers.Add("traceparent", Encoding.ASCII.GetBytes(id));
        }

        return activity;
    }

    public static Activity? StartPublish<TKey, TValue>(this ActivitySource source, string topic, Message<TKey, TValue> message, out Message<TKey, TValue> carried)
    {
        var headers = message.Headers ?? new Headers();
        var activity = source.StartPublish(topic, headers);
        carried = new Message<TKey, TValue> { Key = message.Key, Value = message.Value, Headers = headers };
        return activity;
    }
}
