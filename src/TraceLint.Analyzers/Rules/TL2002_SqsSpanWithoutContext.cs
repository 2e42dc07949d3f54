using Microsoft.CodeAnalysis;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2002: a span for an SQS message, received by a client or by a Lambda function, is started without its context.
/// <para>Reports and stays silent as <see cref="TL2001_KafkaSpanWithoutContext"/> does.</para>
/// </summary>
internal sealed class TL2002_SqsSpanWithoutContext : Rule
{
    internal const string Id = "TL2002";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "A span for an SQS message is started without its context",
        messageFormat: ProcessingSpanDiagnostic.Message,
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Without a parent or a link that is extracted from the message's attributes, the processing of a message starts a new trace, and that of the sender ends at the queue.",
        helpLinkUri: Repository.RulesPage + "#tl2002");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
        => ProcessingSpanDiagnostic.Register(context, s_rule, static transport => transport is AwsMessaging or LambdaEvents);
}
