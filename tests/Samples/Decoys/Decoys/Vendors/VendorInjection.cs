using System.Diagnostics;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Datadog.Trace;
using Decoys.Platform;
using NewRelic.Api.Agent;

namespace Decoys.Vendors;

/// <summary>The injectors of vendors, and headers in their formats.</summary>
internal sealed class VendorInjection(IProducer<string, string> producer, IAmazonSQS sqs, SpanContextInjector injector)
{
    private const string ElasticHeader = "elastic-apm-traceparent";
    private static readonly string _jaegerHeader = "uber-trace-id";

    public Task DatadogAsync(Order order, Datadog.Trace.ISpanContext context)
    {
        var message = new Message<string, string> { Key = order.Id, Value = order.Customer, Headers = [] };
        injector.Inject(message.Headers, static (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)), context);
        return producer.ProduceAsync(Names.Orders, message);
    }

    public Task NewRelicAsync(Order order, IAgent agent)
    {
        var headers = new Headers();
        agent.CurrentTransaction.InsertDistributedTraceHeaders(headers, Set);
        return producer.ProduceAsync(Names.Orders, new Message<string, string> { Key = order.Id, Value = order.Customer, Headers = headers });

        static void Set(Headers headers, string key, string value)
        {
            headers.Remove(key);
            headers.Add(key, Encoding.UTF8.GetBytes(value));
        }
    }

    public Task ElasticAsync(Order order, Elastic.Apm.Api.ITracer tracer)
    {
        var message = new Message<string, string> { Key = order.Id, Value = order.Customer, Headers = new Headers() };
        var segment = tracer.CurrentSpan ?? tracer.CurrentTransaction;
        if (segment?.OutgoingDistributedTracingData?.SerializeToString() is { } data)
            message.Headers.Add(ElasticHeader, Encoding.ASCII.GetBytes(data));
        return producer.ProduceAsync(Names.Orders, message);
    }

    public Task JaegerAsync(Order order, string context)
        => producer.ProduceAsync(Names.Orders, new Message<string, string>
        {
            Key = order.Id,
            Value = order.Customer,
            Headers = new Headers { { _jaegerHeader, Encoding.ASCII.GetBytes(context) } },
        });

    public Task OpenTracingAsync(Order order, OpenTracing.ITracer tracer)
    {
        var headers = new Headers();
        if (tracer.ActiveContext is { } context)
            tracer.Inject(context, "text_map", new HeadersMap(headers));
        return producer.ProduceAsync(Names.Orders, new Message<string, string> { Key = order.Id, Value = order.Customer, Headers = headers });
    }

    public Task ZipkinAsync(Order order)
    {
        var message = new Message<string, string> { Key = order.Id, Value = order.Customer };
        if (B3.Current is { } b3)
            (message.Headers ??= []).Add("b3", Encoding.ASCII.GetBytes(b3));
        return producer.ProduceAsync(Names.Orders, message);
    }

    public Task NewRelicToSqsAsync(Order order, ITransaction transaction)
    {
        var request = new SendMessageRequest(Names.ShipmentQueue, order.Id) { MessageAttributes = [] };
        transaction.InsertDistributedTraceHeaders(request, static (to, name, value) => to.MessageAttributes[name] = SqsTrace.Text(value));
        return sqs.SendMessageAsync(request);
    }

    public Task DatadogToSqsAsync(Order order, Datadog.Trace.ISpanContext context)
    {
        var attributes = new Dictionary<string, MessageAttributeValue>();
        injector.Inject(attributes, static (to, name, value) => to.Add(name, SqsTrace.Text(value)), context);
        return sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = Names.ShipmentQueue, MessageBody = order.Id, MessageAttributes = attributes });
    }

    public Task ApplicationInsightsAsync(Order order)
    {
        var attributes = new Dictionary<string, MessageAttributeValue>(2);
        if (Activity.Current is { } current)
            attributes.Add("Diagnostic-Id", SqsTrace.Text(current.Id!));
        return sqs.SendMessageAsync(new() { QueueUrl = Names.ShipmentQueue, MessageBody = order.Id, MessageAttributes = attributes });
    }

    private sealed class HeadersMap(Headers headers) : OpenTracing.ITextMap
    {
        public void Set(string key, string value) => headers.Add(key, Encoding.UTF8.GetBytes(value));
    }
}
