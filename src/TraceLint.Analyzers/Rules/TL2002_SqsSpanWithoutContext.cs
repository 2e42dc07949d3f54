using Microsoft.CodeAnalysis;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2002: a span for an SQS or SNS message, received by a client or by a Lambda function, is started without the trace context of the
/// message.
/// <para>Works like <see cref="TL2001_KafkaSpanWithoutContext"/>.</para>
/// </summary>
internal sealed class TL2002_SqsSpanWithoutContext : Rule
{
    internal const string Id = "TL2002";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Span for an SQS message has no remote parent or link",
        messageFormat: ProcessingSpanDiagnostic.Message,
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Without a parent or link extracted from the message attributes, processing the message starts a new trace, and "
            + "the trace of the sender ends at the queue.",
        helpLinkUri: Repository.RulesPage + "#tl2002");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
        => ProcessingSpanDiagnostic.Register(context, s_rule, TransportRules.Aws);
}
