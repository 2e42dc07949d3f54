using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL4002: a parent is set without its trace flags, so that the span is unsampled, whatever was decided for the parent.
/// <para>Reports <c>Activity.SetParentId(traceId, spanId)</c> on an Activity that is started in the same method.</para>
/// <para>Does not report when an id is generated, so that there is no upstream decision; when the method sets the flags of a span
/// itself; or when the span happened in the past and is reconstructed (<see cref="ForeignSpans"/>).</para>
/// </summary>
internal sealed class TL4002_ParentWithoutFlags : Rule
{
    internal const string Id = "TL4002";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Parent is set without its trace flags",
        messageFormat: "SetParentId without flags overrides the upstream sampling decision, making the span unsampled; pass the parent's"
            + " TraceFlags",
        Category.Sampling,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The flags of SetParentId(traceId, spanId) default to None. The span of a sampled parent is then unsampled and "
            + "not exported, and so are the spans below it.",
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

    // Code that gets an Activity that has not started may set its flags.
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

    private static bool IsFlags(ExpressionSyntax left)
        => left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ActivityTraceFlags" }
            or IdentifierNameSyntax { Identifier.ValueText: "ActivityTraceFlags" };
}
