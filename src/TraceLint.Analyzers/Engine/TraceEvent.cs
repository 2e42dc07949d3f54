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

/// <summary>A child process is started.</summary>
/// <param name="Run">The body that starts it.</param>
internal sealed record ProcessStarted(CallSite Call, State State, BodyRun Run) : TraceEvent(Call, State);

/// <summary>A span is given its parent, or not if it is too late.</summary>
/// <param name="Run">The body that does so.</param>
internal sealed record ParentSet(CallSite Call, State State, BodyRun Run) : TraceEvent(Call, State);

/// <summary>A span that was created here starts to run.</summary>
/// <param name="Span">The span.</param>
/// <param name="Run">The body that starts it.</param>
/// <param name="BecomesCurrent">Whether it becomes the current span.</param>
internal sealed record SpanStarted(CallSite Call, State State, HeapObject Span, BodyRun Run, bool BecomesCurrent) : TraceEvent(Call, State)
{
    /// <summary>The operation by which a function starts the span, itself or by a call.</summary>
    /// <param name="run">The run of the function.</param>
    /// <param name="orAround">Whether the function may also be inside the one that starts it.</param>
    /// <returns>Null when the span is started elsewhere.</returns>
    public (IOperation Operation, bool IsOutside)? PlaceIn(BodyRun run, bool orAround)
    {
        for (var (place, at) = (Operation, Run); ; (place, at) = (at.Call!, at.Caller!))
        {
            if (at == run || (orAround && run.IsWithin(at)))
            {
                return (place, at != run);
            }

            if (at.Caller is null)
            {
                return null;
            }
        }
    }
}

/// <summary>Spans that were created here are stopped.</summary>
/// <param name="Spans">The spans that it may be.</param>
/// <param name="Run">The body that stops them.</param>
internal sealed record SpanStopped(CallSite Call, State State, Value Spans, BodyRun Run) : TraceEvent(Call, State);
