using TraceLint.Flow;

namespace TraceLint.Tests.Flow;

/// <summary>The vocabulary of tracing, word by word: what a name is about, and what only has the same letters.</summary>
public class TraceVocabularyTests
{
    [Theory]
    [InlineData("traceId")]
    [InlineData("x-trace-id")]
    [InlineData("TRACE_PARENT")]
    [InlineData("IsTracingEnabled")]
    [InlineData("tracer")]
    [InlineData("currentSpan")]
    [InlineData("parentActivity")]
    [InlineData("propagator")]
    [InlineData("PropagationContext")]
    [InlineData("otel")]
    [InlineData("UseOpenTelemetry")]
    [InlineData("X-B3-Sampled")]
    [InlineData("DiagnosticId")]
    public void AboutTracing(string name) => Assert.True(TraceVocabulary.IsAboutTracing(name));

    [Theory]
    [InlineData("ContractId")]
    [InlineData("IsContract")]
    [InlineData("extract")]
    [InlineData("Tracking")]
    [InlineData("IsActive")]
    [InlineData("Deactivate")]
    [InlineData("spanish")]
    [InlineData("Timespan")]
    [InlineData("lifespan")]
    [InlineData("Capman")]
    [InlineData("hotel")]
    [InlineData("Correlation")]
    [InlineData("")]
    [InlineData("_")]
    public void NotAboutTracing(string name) => Assert.False(TraceVocabulary.IsAboutTracing(name));

    [Theory]
    [InlineData("traceparent")]
    [InlineData("TraceParent")]
    [InlineData("W3CTraceParent")]
    [InlineData("trace_id")]
    [InlineData("TraceID")]
    [InlineData("spanId")]
    [InlineData("ActivityId")]
    [InlineData("TraceHeaders")]
    [InlineData("PropagationContext")]
    public void HoldsContext(string name) => Assert.True(TraceVocabulary.HoldsContext(name));

    [Theory]
    [InlineData("TraceIdentifier")]
    [InlineData("TraceLevel")]
    [InlineData("ContractId")]
    [InlineData("ParentId")]
    [InlineData("ActivityName")]
    [InlineData("Span")]
    public void HoldsNoContext(string name) => Assert.False(TraceVocabulary.HoldsContext(name));

    [Theory]
    [InlineData("IsActive")]
    [InlineData("IsContract")]
    [InlineData("IsRequested")]
    [InlineData("IsRush")]
    public void Condition_OnTheOrder_DecidesNothingAboutTheMessage(string name) => Assert.False(TraceVocabulary.DecidesOnMessage(name));

    [Theory]
    [InlineData("activity")]
    [InlineData("enableTracing")]
    [InlineData("_options")]
    [InlineData("Headers")]
    [InlineData("Baggage")]
    [InlineData("IsSampled")]
    [InlineData("request")]
    public void Condition_OnSpanSettingOrHeaders_DecidesOnTheMessage(string name) => Assert.True(TraceVocabulary.DecidesOnMessage(name));

    [Theory]
    [InlineData("ParentContext")]
    [InlineData("ParentId")]
    [InlineData("Parent")]
    [InlineData("Headers")]
    [InlineData("CorrelationId")]
    [InlineData("properties")]
    public void ItemMember_MayHoldContext(string name) => Assert.True(TraceVocabulary.MayHoldContextOfItem(name));

    [Theory]
    [InlineData("ContractId")]
    [InlineData("ParentSku")]
    [InlineData("OrderId")]
    [InlineData("ContextualHelp")]
    public void ItemMember_HoldsNoContext(string name) => Assert.False(TraceVocabulary.MayHoldContextOfItem(name));

    [Theory]
    [InlineData("InjectContext")]
    [InlineData("WithTraceHeaders")]
    [InlineData("EnrichMessage")]
    [InlineData("AddHeaders")]
    [InlineData("StampCorrelation")]
    public void Helper_MayInject(string name) => Assert.True(TraceVocabulary.MayInject(name));

    [Theory]
    [InlineData("Rejected")]
    [InlineData("ExtractOrder")]
    [InlineData("SubtractStock")]
    public void Helper_DoesNotInject(string name) => Assert.False(TraceVocabulary.MayInject(name));

    [Theory]
    [InlineData("traceparent", true)]
    [InlineData("TRACEPARENT", true)]
    [InlineData("ce-traceparent", true)]
    [InlineData("tracestate", false)]
    [InlineData("baggage", false)]
    [InlineData("x-trace-id", false)]
    public void ContextHeader_IsAKnownName(string name, bool isOne) => Assert.Equal(isOne, TraceVocabulary.IsContextHeader(name));
}
