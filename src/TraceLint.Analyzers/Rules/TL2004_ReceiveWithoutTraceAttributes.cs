using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2004: an SQS receive does not ask for the attributes that the context comes in.
/// <para>Reports a call of <c>ReceiveMessage</c> or <c>ReceiveMessageAsync</c> of the AWS SDK that takes a URL, or a request made
/// in view - in the body, or by a method of the project - that names no attributes, only others, or the invalid <c>*</c>, where what
/// is received is processed: its body is read, or a message is handed on.</para>
/// <para>Stays silent when the names or the request come from elsewhere, when a name may be that of a trace attribute, when
/// messages are only counted, listed, looked at or deleted, when the body is an envelope with a context or of SNS, when the project
/// uses X-Ray, a decorator or a handler in the pipeline, in a project that does not trace, and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL2004_ReceiveWithoutTraceAttributes : Rule
{
    internal const string Id = "TL2004";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "An SQS receive does not ask for the trace attributes",
        messageFormat: "{0} {1}: the trace context of the messages is not delivered",
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "SQS delivers the attributes of a message only to receivers that ask for them by name, or with All. Whoever does not, finds no trace context on any message.",
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
                context.ReportDiagnostic(Diagnostic.Create(s_rule, name.Identifier.GetLocation(), [asked.Where.GetLocation()], name.Identifier.ValueText, Reason(asked.Asked)));
            }
        }

        private static string Reason(Asked asked) => asked switch
        {
            Asked.CannotAsk => "with a URL cannot ask for attributes",
            Asked.ForNothing => "asks for no attributes",
            Asked.WithInvalidWildcard => "asks for \"*\", which is no wildcard",
            _ => "asks for other attributes only",
        };
    }
}
