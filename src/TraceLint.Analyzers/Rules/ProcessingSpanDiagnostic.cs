using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>What the rules about the spans of received messages share: they differ in the transport.</summary>
internal static class ProcessingSpanDiagnostic
{
    public const string Message = "{0} starts a span for {1}, but without its context: {2}";

    /// <summary>Has a rule look at every start of a span.</summary>
    /// <param name="isReported">Whether the rule is about a transport.</param>
    public static void Register(RuleContext context, DiagnosticDescriptor rule, Func<Transport, bool> isReported)
    {
        if (!ReceivingTransports.In(context.Compilation, context.CompilationContext.Settings).Any(isReported) || ProcessingSpans.In(context.CompilationContext) is not { } spans)
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
                name.Identifier.ValueText,
                orphan.Message.Variable.Name,
                Reason(orphan)));
        }
    }

    private static string Reason(OrphanSpan orphan) => orphan.Loss switch
    {
        ParentLoss.NotGiven => "it has no parent and no link",
        ParentLoss.Empty => "the parent or link that it is given is always empty",
        ParentLoss.Ambient => "the parent that it is given is the current one",
        ParentLoss.NotPassedOn => $"{orphan.Extracted!.Name}, which was extracted{OnLine(orphan.Extracted.Locations[0], orphan.Start)}, is not passed to it",
        ParentLoss.TooEarly => $"it is older than the message, which is received{OnLine(orphan.Receive!.GetLocation(), orphan.Start)}; start it there, or link it there",
        var loss => throw new ArgumentOutOfRangeException(nameof(orphan), loss, "Not a loss."),
    };

    // Where to look, unless it is the very line that is reported.
    private static string OnLine(Location location, SpanStart start)
        => LineOf(location) is var line && line == LineOf(start.Call.Syntax.GetLocation()) ? "" : $" on line {line}";

    private static int LineOf(Location location) => location.GetMappedLineSpan().StartLinePosition.Line + 1;
}
