using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// TL3010: a child process that is known to trace is started without the trace context.
/// <para>Reports <c>Process.Start</c> in a project that traces, when its start info can be seen whole and has no TRACEPARENT,
/// and the program is run by <c>dotnet</c>, is the own executable or another one of the solution, or the project itself
/// reads TRACEPARENT.</para>
/// <para>Stays silent about known tools and questions for a version, what the shell starts, workers that are kept or talked
/// to, restarts of the program itself, start infos that other code has had in hand, <c>Main</c> without an Activity, and in
/// code that every rule is silent about.</para>
/// </summary>
internal sealed class TL3010_ChildProcessWithoutContext : Rule
{
    internal const string Id = "TL3010";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "A child process that traces is started without trace context",
        messageFormat: "{0} starts a process without trace context: nothing sets TRACEPARENT in its environment, and {1}",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A child process finds the trace it belongs to in the variables TRACEPARENT, TRACESTATE and BAGGAGE of its environment. Without them it starts a trace of its own.",
        helpLinkUri: Repository.RulesPage + "#tl3010");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => ProcessTypes.Words;

    public override bool OnlyWhereCodeTraces => true;

    public override void Start(RuleContext context)
    {
        if (ChildProcesses.In(context.CompilationContext) is { } children)
        {
            context.RegisterCallAction(["Start"], node => Analyze(node, children));
        }
    }

    private static void Analyze(NodeContext context, ChildProcesses children)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.CalledName() is { } name
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
            && children.Of(operation, context.CancellationToken) is { } child and not ChildProcess.Other)
        {
            var why = child is ChildProcess.Traces ? "the program traces, as one of this solution's or dotnet's" : "this project itself reads it from there";
            context.ReportDiagnostic(Diagnostic.Create(s_rule, name.Identifier.GetLocation(), name.Identifier.ValueText, why));
        }
    }
}
