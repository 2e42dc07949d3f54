using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3005: an async method starts an Activity for its caller, where it is never current.
/// <para>Reports a call that starts an Activity in an async method that returns it, or returns a disposable object of the project
/// created with it, or in an async lambda that is an argument and returns it; stores it in a member that another method of the type
/// stops; or leaves it running where the project stops <c>Activity.Current</c>.</para>
/// <para>Does not report when all callers in the project set <c>Activity.Current</c> or use the context of the result, when the member
/// is used for more than tags, when the method itself awaits something after the start, in methods that are not async, in iterators, and
/// in lambdas where the method that gets one sets <c>Activity.Current</c> or another function in the call uses the context of the
/// result.</para>
/// </summary>
internal sealed class TL3005_ActivityStartedForAnAsyncCaller : Rule
{
    internal const string Id = "TL3005";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Activity started in an async method is not current in its caller",
        messageFormat: "{0} starts an Activity that the async {1}, so it is never current in the caller; start it in a non-async "
            + "method",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A change that an async method makes to Activity.Current ends with the method, whether it suspends or not: "
            + "Activity.Current of the caller stays the same, and spans started there become siblings instead of children.",
        helpLinkUri: Repository.RulesPage + "#tl3005");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
    {
        if (SpanStarts.In(context.Compilation) is not { } starts)
        {
            return;
        }

        var handed = new HandedToCaller(starts, context.CompilationContext);
        context.RegisterCallAction(SpanStarts.CalledNames, node => Analyze(node, handed));
    }

    private static void Analyze(NodeContext context, HandedToCaller handed)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.CalledName() is { } name
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
            && handed.Of(operation, context.CancellationToken) is { } found)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule, name.Identifier.GetLocation(), name.Identifier.ValueText, Does(found.Kind, found.Member)));
        }
    }

    private static string Does(Handover kind, string member) => kind switch
    {
        Handover.Returned when member.Length == 0 => "lambda returns",
        Handover.Returned => $"method {MessageText.Quoted(member)} returns",
        Handover.Kept => $"method keeps in {MessageText.Quoted(member)}",
        _ => "method leaves running",
    };
}
