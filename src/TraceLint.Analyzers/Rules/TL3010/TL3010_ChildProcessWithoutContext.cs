using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// TL3010: a child process that is known to trace is started without trace context.
/// <para>Reports <c>Process.Start</c>, or the execution of a command of CliWrap, in a project that traces, when its start info is visible
/// as a whole and has no TRACEPARENT, and the program is run by <c>dotnet</c>, is the own executable or another one of the solution, or the
/// project itself reads TRACEPARENT.</para>
/// <para>A call to a method of the project that starts a process with the start info that it is given is reported like the start.</para>
/// <para>Does not report known tools and version queries, processes that the shell starts, workers that are stored or written to,
/// restarts of the program itself, start infos that were passed to other code, or <c>Main</c> without an Activity.</para>
/// </summary>
internal sealed class TL3010_ChildProcessWithoutContext : Rule
{
    internal const string Id = "TL3010";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Child process that traces gets no trace context",
        messageFormat: "{0} passes no trace context {1}; set TRACEPARENT in the environment of the process",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A child process finds the remote parent of its spans in the environment variables TRACEPARENT, TRACESTATE and "
            + "BAGGAGE. Without them it starts a trace of its own.",
        helpLinkUri: Repository.RulesPage + "#tl3010");

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
            && children.Of(operation, context.CancellationToken) is { } child and not ChildProcess.Other)
        {
            var why = child is ChildProcess.Traces ? "to a program that traces" : "although this project reads one from TRACEPARENT";
            context.ReportDiagnostic(Diagnostic.Create(s_rule, name.Identifier.GetLocation(), children.NameOf(operation), why));
        }
    }
}
