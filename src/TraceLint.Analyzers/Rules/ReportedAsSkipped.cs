using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// One defect is reported once. <c>if (activity is null) { Publish(message); return; } Inject(message);</c> is both a publish without
/// context and an injection that is skipped: TL1004 reports the injection, which is in the wrong place, and the rules about publishes
/// do not report the message.
/// </summary>
internal sealed class ReportedAsSkipped
{
    private readonly SpanModel? _model;
    private readonly RootSpans? _roots;

    public ReportedAsSkipped(CompilationContext context)
    {
        _model = SpanModel.In(context);
        _roots = _model is null ? null : new RootSpans(_model);
    }

    /// <summary>Whether TL1004 reports an injection because it is skipped where a call publishes.</summary>
    /// <param name="publish">A call that publishes a message without context.</param>
    public bool Contains(InvocationExpressionSyntax publish, CancellationToken cancellation)
    {
        if (_model is null || EnclosingBody.Of(publish) is not { } body || !_model.StartsSpan(body))
        {
            return false;
        }

        foreach (var node in body.DescendantNodes())
        {
            if (IsInjection(node, cancellation)
                && LostContext.At(node, _model, cancellation) is { IsSkipped: true } lost && lost.Leaving.Contains(publish)
                && !(lost.Start is { } start && _roots!.Contain(start, cancellation)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsInjection(SyntaxNode node, CancellationToken cancellation)
        => (Injection.IsCandidate(node) && _model!.InjectionAt(node, cancellation) is not null)
            || (InjectingCall.IsCandidate(node)
                && InjectingCall.MayInject(node, _model!, _model!.Context.Of(node.SyntaxTree), cancellation));
}
