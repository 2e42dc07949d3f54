using System.Diagnostics;

// What the vendors' APIs look like to those who call them. The real packages are not needed for that.
namespace Datadog.Trace
{
    internal interface ISpanContext
    {
        ulong SpanId { get; }
    }

    internal abstract class SpanContextInjector
    {
        public abstract void Inject<TCarrier>(TCarrier carrier, Action<TCarrier, string, string> setter, ISpanContext context);
    }
}

namespace NewRelic.Api.Agent
{
    internal interface ITransaction
    {
        void InsertDistributedTraceHeaders<T>(T carrier, Action<T, string, string> setter);
    }

    internal interface IAgent
    {
        ITransaction CurrentTransaction { get; }
    }
}

namespace Elastic.Apm.Api
{
    internal sealed class DistributedTracingData(string traceParent)
    {
        public string SerializeToString() => traceParent;
    }

    internal interface IExecutionSegment
    {
        DistributedTracingData OutgoingDistributedTracingData { get; }
    }

    internal interface ITracer
    {
        IExecutionSegment? CurrentSpan { get; }

        IExecutionSegment? CurrentTransaction { get; }
    }
}

namespace OpenTracing
{
    internal interface ISpanContext
    {
        string TraceId { get; }
    }

    internal interface ITextMap
    {
        void Set(string key, string value);
    }

    internal interface ITracer
    {
        ISpanContext? ActiveContext { get; }

        void Inject(ISpanContext context, string format, ITextMap carrier);
    }
}

namespace Decoys.Vendors
{
    /// <summary>Zipkin's own way.</summary>
    internal static class B3
    {
        public static string? Current => Activity.Current is { } current ? $"{current.TraceId}-{current.SpanId}-{(current.Recorded ? '1' : '0')}" : null;
    }
}
