using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// TL3011: a child process is started inside an Activity without trace context.
/// <para>Reports <c>Process.Start</c>, or the execution of a command of CliWrap, while an Activity of the same member is certainly live,
/// when its start info is visible as a whole and has no TRACEPARENT, and nothing is known about the program.</para>
/// <para>Does not report what TL3010 reports, nor what TL3010 leaves out.</para>
/// </summary>
internal sealed class TL3011_OtherChildProcessWithoutContext : Rule
{
    internal const string Id = "TL3011";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Child process started inside an Activity gets no trace context",
        messageFormat: "{0} inside an Activity passes no trace context; set TRACEPARENT in the environment of the process if its program"
            + " traces",
        Category.InProcess,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A child process finds the remote parent of its spans in the environment variables TRACEPARENT, TRACESTATE and "
            + "BAGGAGE. A program that does not trace ignores them.",
        helpLinkUri: Repository.RulesPage + "#tl3011");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => ProcessTypes.Words;

    public override bool OnlyWhereCodeTraces => true;

    public override void Start(RuleContext context)
    {
        if (ChildProcesses.In(context.CompilationContext) is { } children)
        {
            context.RegisterCallAction(children.Names, node => Analyze(node, children));
        }
    }

    private static void Analyze(NodeContext context, ChildProcesses children)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.CalledName() is { } name
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
            && children.Of(operation, context.CancellationToken) is ChildProcess.Other)
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, name.Identifier.GetLocation(), children.NameOf(operation)));
        }
    }
}
