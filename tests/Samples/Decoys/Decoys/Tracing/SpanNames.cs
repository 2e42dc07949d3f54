using System.Diagnostics;
using Decoys.Platform;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Trace;

namespace Decoys.Tracing;

/// <summary>Names of spans that are put together from values of which there are few.</summary>
internal sealed class SpanNames(Tracer tracer)
{
    private const string Prefix = "decoys";

    internal enum Stage
    {
        Picked,
        Packed,
    }

    public static void Messaging(string topic, string queueName, string consumerGroupId)
    {
        using var publish = Telemetry.Source.StartActivity($"{topic} publish", ActivityKind.Producer);
        using var receive = Telemetry.Source.StartActivity("receive " + queueName, ActivityKind.Consumer);
        using var process = Telemetry.Source.StartActivity(string.Format("{0} process {1}", Names.Orders, consumerGroupId));
    }

    public static void Types<TCommand>(object handler)
    {
        using var handle = Telemetry.Source.StartActivity($"handle {typeof(TCommand).Name}");
        using var run = Telemetry.Source.StartActivity($"{handler.GetType().Name}.{nameof(Types)}");
        using var inner = Telemetry.Source.StartActivity($"{nameof(SpanNames)}/{Prefix}");
    }

    public static void Stages(Stage stage, int attempt, bool isRetry, string version)
    {
        using var one = Telemetry.Source.StartActivity($"{stage} {attempt}");
        using var two = Telemetry.Source.StartActivity($"{(isRetry ? "retry" : "try")} v{version}");
    }

    public static void Requests(HttpContext context, string routeTemplate, string operationId)
    {
        using var one = Telemetry.Source.StartActivity($"{context.Request.Method} {routeTemplate}", ActivityKind.Server);
        using var two = Telemetry.Source.StartActivity($"{operationId} call", ActivityKind.Client);
    }

    public static void FewOfThem(string tenantId, string workerId, int partitionId, string pluginId)
    {
        using var one = Telemetry.Source.StartActivity($"sync {tenantId}");
        using var two = Telemetry.Source.StartActivity($"{workerId} of {partitionId}");
        using var three = new Activity("plugin " + pluginId).Start();
    }

    public static void Tagged(Order order)
    {
        using var activity = Telemetry.Source.StartActivity("place order");
        activity?.SetTag("order.id", order.Id);
        activity?.SetTag("order.name", $"order {order.Id} of {order.Customer}");
    }

    public void Traced(string name, Order order)
    {
        using var one = tracer.StartActiveSpan($"{name} step");
        one.SetAttribute("order.id", order.Id);
        using var two = tracer.StartSpan("step " + order.Region);
    }
}
