using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>What the rules about spans for received messages share; they differ only in the transport.</summary>
internal static class ProcessingSpanDiagnostic
{
    public const string Message = "{0} starts a span for {1} {2}";

    /// <summary>Registers a rule for every start of a span.</summary>
    /// <param name="context">The rule in a compilation.</param>
    /// <param name="rule">Its descriptor.</param>
    /// <param name="rules">The transports that the rule is about.</param>
    public static void Register(RuleContext context, DiagnosticDescriptor rule, TransportRules rules)
    {
        bool isReported(Transport transport) => transport.Rules == rules;
        if (!Transports.ReceivingIn(context.Compilation, context.CompilationContext.Settings).Any(isReported)
            || ProcessingSpans.In(context.CompilationContext) is not { } spans)
        {
            return;
        }

        context.RegisterCallAction(spans.Names, node => Analyze(node, rule, spans, isReported));
    }

    private static void Analyze(NodeContext context, DiagnosticDescriptor rule, ProcessingSpans spans, Func<Transport, bool> isReported)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.CalledName() is { } name
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
            && spans.At(operation, isReported, context.CancellationToken) is { } orphan
            && !spans.AreSilent(orphan.Message.Transport, call.SyntaxTree))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                rule,
                name.Identifier.GetLocation(),
                additionalLocations: ImmutableArray.Create((orphan.Extracted ?? orphan.Message.Variable).Locations[0]),
                properties: null,
                MessageText.Called(operation.TargetMethod, context.SemanticModel.Compilation),
                MessageText.Quoted(orphan.Message.Variable.Name),
                Rest(orphan)));
        }
    }

    private static string Rest(OrphanSpan orphan) => orphan.Loss switch
    {
        ParentLoss.NotGiven => "without its trace context; extract and pass it as the parent or a link",
        ParentLoss.Empty => "with a parent or link that is always empty; extract the context of the message and pass that",
        ParentLoss.Ambient => "with the current context as the parent; extract the context of the message and pass that",
        ParentLoss.NotPassedOn
            => $"without the context extracted into {MessageText.Quoted(orphan.Extracted!.Name)}"
                + $"{OnLine(orphan.Extracted.Locations[0], orphan.Start)}; pass that as the parent or a link",
        ParentLoss.TooEarly
            => $"before the message is received{OnLine(orphan.Receive!.GetLocation(), orphan.Start)}; start or link the span there",
        var loss => throw new ArgumentOutOfRangeException(nameof(orphan), loss, "Not a loss."),
    };

    // Names the line, unless it is the reported one.
    private static string OnLine(Location location, SpanStart start)
        => LineOf(location) is var line && line == LineOf(start.Call.Syntax.GetLocation()) ? "" : $" on line {line}";

    private static int LineOf(Location location) => location.GetMappedLineSpan().StartLinePosition.Line + 1;
}
