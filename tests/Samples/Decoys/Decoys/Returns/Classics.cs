using System.Diagnostics;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Decoys.Returns;

/// <summary>As in every second tutorial.</summary>
internal sealed class Classics(IProducer<string, string> producer, IAmazonSQS sqs)
{
    private static readonly TextMapPropagator _propagator = Propagators.DefaultTextMapPropagator;
    private static readonly TextMapPropagator _w3c = new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()]);

    public async Task TutorialAsync(string key)
    {
        using var activity = Telemetry.Source.StartActivity("send", ActivityKind.Producer);
        ActivityContext contextToInject = default;
        if (activity != null)
            contextToInject = activity.Context;
        else if (Activity.Current != null)
            contextToInject = Activity.Current.Context;

        var message = new Message<string, string> { Key = key, Value = key, Headers = new Headers() };
        _propagator.Inject(new PropagationContext(contextToInject, Baggage.Current), message.Headers, InjectHeader);
        await producer.ProduceAsync("classics", message);
    }

    public async Task WholeMessageAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key, Headers = new Headers() };
        _w3c.Inject(Current, message, static (to, name, value) => InjectHeader(to.Headers, name, value));
        await producer.ProduceAsync("classics", message);
    }

    public async Task CreatedWhenMissingAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key };
        if (message.Headers == null)
            message.Headers = new Headers();
        message.Headers.Add("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!));
        await producer.ProduceAsync("classics", message);
    }

    public async Task AssignedInPassingAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key };
        (message.Headers ?? (message.Headers = new Headers())).Add(new Header("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!)));
        await producer.ProduceAsync("classics", message);
    }

    public async Task AssignedToBothAsync(string key)
    {
        Headers headers;
        var message = new Message<string, string> { Key = key, Value = key };
        message.Headers = headers = new Headers();
        InjectHeader(headers, "traceparent", Activity.Current!.Id!);
        await producer.ProduceAsync("classics", message);
    }

    public async Task RequestWithDefaultsAsync(string body)
    {
        var request = new SendMessageRequest { QueueUrl = Names.NoticeQueue, MessageBody = body };
        if (request.MessageAttributes == null)
            request.MessageAttributes = new Dictionary<string, MessageAttributeValue>();
        if (!request.MessageAttributes.ContainsKey("traceparent"))
            request.MessageAttributes.Add("traceparent", SqsTrace.Text(Activity.Current!.Id!));
        await sqs.SendMessageAsync(request);
    }

    public async Task WholeRequestAsync(string body)
    {
        var request = new SendMessageRequest { QueueUrl = Names.NoticeQueue, MessageBody = body, MessageAttributes = [] };
        _propagator.Inject(Current, request, static (to, name, value) => to.MessageAttributes[name] = SqsTrace.Text(value));
        await sqs.SendMessageAsync(request);
    }

    public async Task ByClosureAsync(string key)
    {
        var headers = new Headers();
        DistributedContextPropagator.Current.Inject(Activity.Current, null, (_, name, value) => headers.Add(name, Encoding.UTF8.GetBytes(value)));
        await producer.ProduceAsync("classics", new Message<string, string> { Key = key, Value = key, Headers = headers });
    }

    public async Task MainThenDeadLetterAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key, Headers = [] };
        try
        {
            InjectHeader(message.Headers, "traceparent", Activity.Current!.Id!);
            await producer.ProduceAsync("classics", message);
        }
        catch (ProduceException<string, string>)
        {
            await producer.ProduceAsync("classics.dlq", message);
            throw;
        }
    }

    public async Task WithoutATraceAsync(string key)
    {
        var id = Activity.Current?.Id;
        var message = new Message<string, string> { Key = key, Value = key };
        if (id is null)
        {
            await producer.ProduceAsync("classics", message);
            return;
        }

        message.Headers = new Headers { { "traceparent", Encoding.ASCII.GetBytes(id) } };
        await producer.ProduceAsync("classics", message);
    }

    public Task WithoutATraceInSwitchAsync(string body) => Activity.Current switch
    {
        null => sqs.SendMessageAsync(Names.NoticeQueue, body),
        { Id: var id } => sqs.SendMessageAsync(new SendMessageRequest(Names.NoticeQueue, body)
        {
            MessageAttributes = new() { ["traceparent"] = SqsTrace.Text(id!) },
        }),
    };

    public Task WithoutATraceToSqsAsync(string body)
    {
        if (Activity.Current is not { Id: { } id })
            return sqs.SendMessageAsync(Names.NoticeQueue, body);

        var request = new SendMessageRequest(Names.NoticeQueue, body) { MessageAttributes = [] };
        request.MessageAttributes["traceparent"] = SqsTrace.Text(id);
        return sqs.SendMessageAsync(request);
    }

    public Task ByTernaryAsync(string key)
    {
        var id = Activity.Current?.Id;
        return producer.ProduceAsync("classics", new Message<string, string>
        {
            Key = key,
            Value = key,
            Headers = id is null ? new Headers() : new Headers { { "traceparent", Encoding.ASCII.GetBytes(id) } },
        });
    }

    public Task DeferredAsync(IReadOnlyList<string> keys)
    {
        var messages = keys.Select(static key => new Message<string, string> { Key = key, Value = key }).ToList();
        var publishes = messages.Select(message => producer.ProduceAsync("classics", message));
        // None of them has begun yet.
        messages.ForEach(static message => message.WithTraceContext());
        return Task.WhenAll(publishes);
    }

    private static PropagationContext Current => new(Activity.Current?.Context ?? default, Baggage.Current);

    private static void InjectHeader(Headers headers, string name, string value)
    {
        headers.Remove(name);
        headers.Add(name, Encoding.UTF8.GetBytes(value));
    }
}
