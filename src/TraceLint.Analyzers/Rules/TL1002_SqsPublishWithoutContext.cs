using Microsoft.CodeAnalysis;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// TL1002: an SQS or SNS message is sent without trace context.
/// <para>Reports a call of <c>SendMessage</c> or <c>SendMessageBatch</c> of <c>IAmazonSQS</c>, of <c>Publish</c> or
/// <c>PublishBatch</c> of <c>IAmazonSimpleNotificationService</c>, or of their asynchronous twins, when the request, or
/// every entry of the batch, is made in view and no message attribute carries the context; and of the overloads
/// that take a string for the message, which can carry none. A call of the project's own method that sends what it is handed
/// is reported in its place.</para>
/// <para>Stays silent when the request, an entry or its attributes come from elsewhere or were handed to other code, when an
/// attribute may be a trace attribute, when <c>AWSTraceHeader</c> is set as a system attribute, when the body shows a
/// sign of a context, when a message goes to a phone, when AddAWSInstrumentation (single messages), X-Ray, a pipeline
/// handler or a decorator of the project injects, and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL1002_SqsPublishWithoutContext : Rule
{
    internal const string Id = "TL1002";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "An SQS or SNS message is sent without trace context",
        messageFormat: "{0} sends a message without trace context: {1}",
        Category.Publish,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The receiver of an SQS or SNS message finds the trace it belongs to in the message's attributes. A message that leaves without the context starts a new trace at every receiver.",
        helpLinkUri: Repository.RulesPage + "#tl1002");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => AwsService.Words;

    public override void Start(RuleContext context)
    {
        if (AwsMessaging.In(context.Compilation) is { } aws)
        {
            Publishes.Register(context, s_rule, aws);
        }
    }
}
