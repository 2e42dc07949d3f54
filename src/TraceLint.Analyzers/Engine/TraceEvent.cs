using Microsoft.CodeAnalysis;

namespace TraceLint.Engine;

/// <summary>A call that matters to tracing, with what is known when it is made. Rules are queries over these.</summary>
/// <param name="Call">The call, with the values of its operands.</param>
/// <param name="State">What is known before the call.</param>
internal abstract record TraceEvent(CallSite Call, State State)
{
    public IOperation Operation => Call.Operation;
}

/// <summary>A context is parsed from text, or built from ids.</summary>
internal sealed record ContextCreated(CallSite Call, State State) : TraceEvent(Call, State);

/// <summary>A span is created, and started or not.</summary>
internal sealed record SpanCreated(CallSite Call, State State) : TraceEvent(Call, State);
