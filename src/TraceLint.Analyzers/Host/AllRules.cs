using System.Collections.Immutable;
using TraceLint.Rules;

namespace TraceLint.Host;

/// <summary>All rules, ordered by id. A test checks that no rule class is missing from the list.</summary>
internal static class AllRules
{
    /// <summary>New instances of all rules.</summary>
    public static ImmutableArray<Rule> Create() => ImmutableArray.Create<Rule>(
        new TL1001_KafkaPublishWithoutContext(),
        new TL1002_SqsPublishWithoutContext(),
        new TL1003_PublishWithoutContext(),
        new TL1004_ContextInjectedOnlyWithSpan(),
        new TL1005_AppendedTraceHeader(),
        new TL1006_InjectionWritesNothing(),
        new TL2001_KafkaSpanWithoutContext(),
        new TL2002_SqsSpanWithoutContext(),
        new TL2003_SpanWithoutContext(),
        new TL2004_ReceiveWithoutTraceAttributes(),
        new TL2005_HeadersLeftOutOfConsumeResult(),
        new TL2006_RemoteParentNotMarked(),
        new TL2007_ExtractOnTopOfContext(),
        new TL2008_ParentSetTooLate(),
        new TL2009_GetterOfSeveralHeaders(),
        new TL2010_ContextReadFromWrongPlace(),
        new TL3001_WorkWithoutContext(),
        new TL3002_EndlessWorkInSpan(),
        new TL3003_WriteOnEndedSpan(),
        new TL3004_WorkOutlivesSpan(),
        new TL3005_ActivityStartedForAnAsyncCaller(),
        new TL3006_ActivityAcrossYield(),
        new TL3007_QueuedItemWithoutContext(),
        new TL3008_AwaitInsideSuppressFlow(),
        new TL3009_ActivityNotStopped(),
        new TL3010_ChildProcessWithoutContext(),
        new TL3011_OtherChildProcessWithoutContext(),
        new TL3012_SpanEndsBeforeWork(),
        new TL3013_JobWithoutContext(),
        new TL4001_InventedFlags(),
        new TL4002_ParentWithoutFlags(),
        new TL4003_DroppedTraceState(),
        new TL4004_ParentIsSibling(),
        new TL5001_UnboundedSpanName(),
        new TL5002_UnboundedMetricTag(),
        new TL5003_SpanKindOfMessage(),
        new TL9001_Misconfiguration());
}
