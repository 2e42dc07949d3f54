using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL5003: a span around a publish is not a Producer, or a span for a received message is not a Consumer.
/// <para>Reports a span of kind Internal, which is the default, when it is the innermost one around a publish in the same function, or
/// when a received message is in view that is processed in it. Off by default, because it is about how backends draw a trace and not
/// about its being whole.</para>
/// <para>Does not report spans of another kind, or of one that is not a constant; publishes through clients that start a producer span
/// themselves; nor spans inside the one for a message.</para>
/// </summary>
internal sealed class TL5003_SpanKindOfMessage : Rule
{
    internal const string Id = "TL5003";

    /// <summary>The kind to pass where the span is only about the message, as a property of the diagnostic.</summary>
    internal const string Kind = nameof(Kind);

    private static readonly string[] s_publishes = ["enqueue", "produce", "publish", "send"];

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Span kind does not fit the message",
        messageFormat: "{0} starts an Internal span {1} {2}; {3}",
        Category.Names,
        DiagnosticSeverity.Info,
        isEnabledByDefault: false,
        description: "Backends draw the edges of a service map between Producer and Consumer spans: OpenTelemetry's messaging conventions "
            + "ask for these kinds.",
        helpLinkUri: Repository.RulesPage + "#tl5003");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
    {
        if (SpanStarts.In(context.Compilation) is not { } starts)
        {
            return;
        }

        var spans = new Lazy<MessagingSpans>(() => new MessagingSpans(starts, context.CompilationContext, context.CancellationToken));
        context.RegisterCallAction(SpanStarts.CalledNames, node => Analyze(node, spans.Value));
    }

    private static void Analyze(NodeContext context, MessagingSpans spans)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.CalledName() is not { } name
            || context.SemanticModel.GetOperation(call, context.CancellationToken) is not IInvocationOperation operation
            || spans.Of(operation, context.CancellationToken) is not { } span
            || SpanKinds.Of(span.Start) is not SpanKinds.Internal)
        {
            return;
        }

        var kind = span.Publish is null ? SpanKinds.Consumer : IsNamedForPublish(span.Start) ? SpanKinds.Producer : null;
        context.ReportDiagnostic(Diagnostic.Create(
            s_rule,
            name.Identifier.GetLocation(),
            kind is null ? null : ImmutableDictionary<string, string?>.Empty.Add(Kind, kind),
            name.Identifier.ValueText,
            span.Publish is null ? "for" : "around",
            span.Publish is { } publish
                ? MessageText.Called(publish.TargetMethod, context.SemanticModel.Compilation)
                : MessageText.Quoted(span.Message!.Name),
            kind is null ? "start a Producer span for the publish" : $"pass the kind {kind}"));
    }

    // A span that is called after something else is about more than the publish.
    private static bool IsNamedForPublish(SpanStart start)
        => start.Name?.ConstantValue is { HasValue: true, Value: string name }
            && Flow.Words.Of(name).Any(word => s_publishes.Any(verb => word.StartsWith(verb, StringComparison.Ordinal)));
}
