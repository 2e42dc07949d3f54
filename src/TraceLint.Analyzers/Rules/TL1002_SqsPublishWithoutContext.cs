using Microsoft.CodeAnalysis;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// TL1002: an SQS or SNS message is sent without trace context.
/// <para>Reports a call to <c>SendMessage</c> or <c>SendMessageBatch</c> of <c>IAmazonSQS</c>, to <c>Publish</c> or <c>PublishBatch</c>
/// of <c>IAmazonSimpleNotificationService</c>, or to their async versions, when the creation of the request or of every entry in the
/// batch is visible and no message attribute carries the context. Also reports the overloads that take the message as a string, which
/// have no attributes. A call to a method of the project that sends its argument is reported in place of the send.</para>
/// <para>Does not report when the request, an entry or its attributes come from elsewhere or were passed to other code, when an
/// attribute may be a trace attribute, when <c>AWSTraceHeader</c> is set as a system attribute, when the body may carry a context, when
/// the message goes to a phone number, or when AddAWSInstrumentation (single messages), X-Ray, a pipeline handler or a decorator of the
/// project injects the context.</para>
/// </summary>
internal sealed class TL1002_SqsPublishWithoutContext : Rule
{
    internal const string Id = "TL1002";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "SQS or SNS message is sent without trace context",
        messageFormat: "{0} sends a message without trace context ({1}); {2}",
        Category.Publish,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The receiver of an SQS or SNS message finds the remote parent of its span in the message attributes. A message "
            + "that is sent without trace context starts a new trace at every receiver.",
        helpLinkUri: Repository.RulesPage + "#tl1002");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => AwsService.Words;

    public override bool IsAboutPublishes => true;

    public override void Start(RuleContext context)
    {
        if (AwsMessaging.In(context.Compilation) is { } aws)
        {
            Publishes.Register(context, s_rule, aws);
        }
    }
}
