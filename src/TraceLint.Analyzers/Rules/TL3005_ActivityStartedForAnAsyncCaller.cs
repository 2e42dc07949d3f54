using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3005: an async method starts an Activity for its caller, who never finds it current.
/// <para>Reports a call that starts an Activity in an async method which returns it, or a disposable object of the project
/// that is made with it; keeps it in a member that another method of the type stops; or leaves it running where the project
/// stops <c>Activity.Current</c>.</para>
/// <para>Stays silent when all callers in the project set <c>Activity.Current</c> or use the context of what they get, when
/// the member is used for more than tags, when the method itself awaits something after the start, in methods that are not
/// async, in iterators and lambdas, and in <see cref="SilentCode"/>.</para>
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TL3005_ActivityStartedForAnAsyncCaller : TraceAnalyzer
{
    internal const string Id = "TL3005";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "An async method starts an Activity for its caller",
        messageFormat: "{0} starts an Activity that the async method {1}: it is never current in the caller; start it there, or in a method that is not async",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "What an async method does to Activity.Current ends with the method, whether it suspends or not: its caller's Activity.Current stays what it was, and spans started there become siblings.",
        helpLinkUri: Repository.RulesPage + "#tl3005");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(s_rule);

    internal override IReadOnlyCollection<string> Words => SpanStarts.Words;

    private protected override void Start(CompilationStartAnalysisContext context)
    {
        if (SpanStarts.In(context.Compilation) is not { } starts)
        {
            return;
        }

        var handed = new HandedToCaller(starts, SourceModels.For(context.Compilation, context.Options, Id));
        var isTestProject = SilentCode.IsTestProject(context.Compilation);
        context.RegisterCallAction(SpanStarts.CalledNames, node => Analyze(node, handed, isTestProject));
    }

    private static void Analyze(NodeContext context, HandedToCaller handed, bool isTestProject)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.CalledName() is { } name
            && !SilentCode.Contains(context, isTestProject, Id)
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
            && handed.Of(operation, context.CancellationToken) is { } found
            && !EnclosingBody.IsInExpressionTree(call, context.SemanticModel, context.CancellationToken))
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, name.Identifier.GetLocation(), name.Identifier.ValueText, Does(found.Kind, found.Member)));
        }
    }

    private static string Does(Handover kind, string member) => kind switch
    {
        Handover.Returned => $"{member} returns",
        Handover.Kept => $"keeps in {member}",
        _ => "leaves running",
    };
}
