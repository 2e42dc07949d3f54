using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3013: a background job of Hangfire or Quartz.NET is created without trace context.
/// <para>Reports a call that creates a job which runs once, when the job runs a method of the project that starts a span without a parent,
/// and the call certainly runs inside a span: of the same member, of a caller, or of a request. In a library it is Info, because the
/// program may register what carries the context.</para>
/// <para>Does not report when a job filter, listener or client of the project has to do with tracing, when an add-on or a filter
/// of another library may carry the context, when the arguments or the data of the job may be a context, when the job passes a parent or
/// a link, parses a context, extracts or sets <c>Activity.Current</c>; jobs that recur or create themselves again; jobs whose workers are
/// started in the same member; or where there may be no span.</para>
/// </summary>
internal sealed class TL3013_JobWithoutContext : Rule
{
    internal const string Id = "TL3013";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Background job has no trace context",
        messageFormat: "{0} creates a job without trace context, so the span at {1} has no parent; {2}",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A worker runs the job later, in a context of its own. What is stored with the job has to carry the trace context.",
        helpLinkUri: Repository.RulesPage + "#tl3013");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words { get; } = ["Hangfire", "Quartz"];

    public override void Start(RuleContext context)
    {
        if (SpanStarts.In(context.Compilation) is null)
        {
            return;
        }

        foreach (var jobs in BackgroundJobs.AllIn(context.Compilation))
        {
            var orphans = new JobOrphans(jobs, context.CompilationContext);
            context.RegisterCallAction(jobs.CreatingNames, node => Analyze(node, jobs, orphans, context));
        }
    }

    private static void Analyze(NodeContext context, BackgroundJobs jobs, JobOrphans orphans, RuleContext rule)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.CalledName() is { } name
            && !rule.CompilationContext.Settings.IsInstrumented(jobs.Name, call.SyntaxTree)
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
            && orphans.Of(operation, context.CancellationToken) is { } start)
        {
            var severity = IsProgram(rule.Compilation) ? s_rule.DefaultSeverity : DiagnosticSeverity.Info;
            var place = start.GetLocation().GetMappedLineSpan();
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                name.Identifier.GetLocation(),
                severity,
                ImmutableArray.Create(start.GetLocation()),
                properties: null,
                name.Identifier.ValueText,
                $"{MessageText.Cut(Path.GetFileName(place.Path))}:{place.StartLinePosition.Line + 1}",
                jobs.Advice));
        }
    }

    private static bool IsProgram(Compilation compilation)
        => compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication;
}
