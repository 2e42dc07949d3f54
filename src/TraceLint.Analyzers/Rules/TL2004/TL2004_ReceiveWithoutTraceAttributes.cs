using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2004: an SQS receive does not request the attributes that carry the trace context.
/// <para>Reports a call to <c>ReceiveMessage</c> or <c>ReceiveMessageAsync</c> of the AWS SDK with a URL, or with a request created in
/// the body or by a method of the project that names no attributes, only other ones, or the invalid <c>*</c>, when the received
/// messages are processed: a body is read, or a message is passed on.</para>
/// <para>Does not report when the names or the request come from elsewhere, when a name may be that of a trace attribute, when messages
/// are only counted, listed, peeked at or deleted, when the body is an envelope with a context or one of SNS, when the project uses
/// X-Ray, a decorator or a pipeline handler, or in a project that does not trace.</para>
/// </summary>
internal sealed class TL2004_ReceiveWithoutTraceAttributes : Rule
{
    internal const string Id = "TL2004";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "SQS receive does not request the trace context attributes",
        messageFormat: "{0} {1}, so the trace context is not delivered; list the trace attributes in MessageAttributeNames",
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "SQS delivers message attributes only to receivers that request them by name or with All. A receiver that does "
            + "not request them finds no trace context on any message.",
        helpLinkUri: Repository.RulesPage + "#tl2004");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SqsReceive.CalledNames;

    public override void Start(RuleContext context)
    {
        if (SqsReceive.In(context.Compilation) is { } sqs && SpanStarts.In(context.Compilation) is { } starts)
        {
            context.RegisterCallAction(SqsReceive.CalledNames, new Receives(sqs, starts, context.CompilationContext).Analyze);
        }
    }

    private sealed class Receives
    {
        private readonly SqsReceive _sqs;
        private readonly TracingCode _tracing;
        private readonly AskedAttributes _asked;
        private readonly ProcessedMessages _processed;
        private readonly SqsReceiveInstrumentation _instrumentation;

        public Receives(SqsReceive sqs, SpanStarts starts, CompilationContext compilation)
        {
            _sqs = sqs;
            _tracing = new TracingCode(starts, compilation);
            _asked = new AskedAttributes(sqs, compilation);
            _processed = new ProcessedMessages(sqs, compilation);
            _instrumentation = new SqsReceiveInstrumentation(sqs, compilation);
        }

        public void Analyze(NodeContext context)
        {
            var call = (InvocationExpressionSyntax)context.Node;
            var cancellation = context.CancellationToken;
            if (call.CalledName() is { } name
                && context.SemanticModel.GetOperation(call, cancellation) is IInvocationOperation operation
                && _sqs.IsReceive(operation, out var argument)
                && _asked.By(argument!, cancellation) is { Asked: not Asked.ForContext } asked
                && !OnlyLooks.Says(call)
                && _tracing.TracesIn(call.SyntaxTree, cancellation)
                && _instrumentation.IsContextMissed(cancellation)
                && !_instrumentation.Exists(cancellation)
                && _processed.AreProcessed(operation, cancellation))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    s_rule, name.Identifier.GetLocation(), [asked.Where.GetLocation()], name.Identifier.ValueText, Reason(asked.Asked)));
            }
        }

        private static string Reason(Asked asked) => asked switch
        {
            Asked.CannotAsk => "with a URL cannot request attributes",
            Asked.ForNothing => "requests no attributes",
            Asked.WithInvalidWildcard => "requests '*', which is not a wildcard",
            _ => "requests only other attributes",
        };
    }
}
