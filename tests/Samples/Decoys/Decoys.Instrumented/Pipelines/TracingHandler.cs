using System.Diagnostics;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Decoys.Instrumented.Pipelines;

/// <summary>A handler in the pipeline of the SDK.</summary>
internal sealed class TracingHandler : PipelineHandler
{
    public override void InvokeSync(IExecutionContext executionContext)
    {
        Inject(executionContext.RequestContext.OriginalRequest);
        base.InvokeSync(executionContext);
    }

    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        Inject(executionContext.RequestContext.OriginalRequest);
        return base.InvokeAsync<T>(executionContext);
    }

    private static void Inject(AmazonWebServiceRequest request)
    {
        switch (request)
        {
            case SendMessageRequest single:
                single.MessageAttributes = WithContext(single.MessageAttributes);
                break;
            case SendMessageBatchRequest { Entries: { } entries }:
                foreach (var entry in entries)
                    entry.MessageAttributes = WithContext(entry.MessageAttributes);
                break;
        }
    }

    private static Dictionary<string, MessageAttributeValue> WithContext(Dictionary<string, MessageAttributeValue>? attributes)
    {
        attributes ??= [];
        DistributedContextPropagator.Current.Inject(Activity.Current, attributes, static (carrier, name, value) =>
        {
            if (value.Length > 0)
                ((Dictionary<string, MessageAttributeValue>)carrier!)[name] = new() { DataType = "String", StringValue = value };
        });
        return attributes;
    }
}

/// <summary>Puts the handler where every client finds it.</summary>
internal sealed class TracingCustomizer : IRuntimePipelineCustomizer
{
    public string UniqueName => nameof(TracingCustomizer);

    public void Customize(Type type, RuntimePipeline pipeline)
    {
        if (typeof(AmazonSQSClient).IsAssignableFrom(type))
            pipeline.AddHandlerBefore<Marshaller>(new TracingHandler());
    }

    public static void Register() => RuntimePipelineCustomizerRegistry.Instance.Register(new TracingCustomizer());
}
