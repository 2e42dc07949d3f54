using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL4002: a parent is set without its flags, which are then none: the span counts as not sampled, whatever the parent decided.
/// <para>Reports <c>Activity.SetParentId(traceId, spanId)</c> on a span that is started in the same method.</para>
/// <para>Stays silent when an id is made up, so that no decision came with it; when the method sets the flags of a span by
/// hand; when the span has happened before and is put together again (<see cref="ForeignSpans"/>); and in
/// code that every rule is silent about.</para>
/// </summary>
internal sealed class TL4002_ParentWithoutFlags : Rule
{
    internal const string Id = "TL4002";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "A parent is set without its flags",
        messageFormat: "SetParentId without flags: the span and what is below it count as not sampled, whatever the parent decided",
        Category.Sampling,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The flags of SetParentId(traceId, spanId) default to none. A span whose parent is sampled is then lost, and so are those below it.",
        helpLinkUri: Repository.RulesPage + "#tl4002");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words { get; } = ["SetParentId"];

    public override void Start(RuleContext context)
    {
        if (context.Compilation.TypeNamed(SystemDiagnostics.Names.Activity) is not { } activity)
        {
            return;
        }

        context.RegisterCallAction(["SetParentId"], node => Analyze(node, activity));
    }

    private static void Analyze(NodeContext context, INamedTypeSymbol activity)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.CalledName() is { Identifier: var name }
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
            && ParentIds.Of(operation, activity) is { Flags: null } ids
            && !ids.AreMadeUp(context.CancellationToken)
            && StartsHereWithoutFlags(call)
            && !ForeignSpans.AreMadeAt(call))
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, name.GetLocation()));
        }
    }

    // Who gets a span that is not started may give it its flags.
    private static bool StartsHereWithoutFlags(SyntaxNode call)
    {
        var starts = false;
        foreach (var node in EnclosingBody.Of(call)?.DescendantNodes() ?? [])
        {
            switch (node)
            {
                case AssignmentExpressionSyntax { Left: var left } when IsFlags(left):
                    return false;
                case InvocationExpressionSyntax other when other.CalledName() is { Identifier.ValueText: "Start" or "StartActivity" }:
                    starts = true;
                    break;
            }
        }

        return starts;
    }

    private static bool IsFlags(ExpressionSyntax left) => left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ActivityTraceFlags" }
        or IdentifierNameSyntax { Identifier.ValueText: "ActivityTraceFlags" };
}
