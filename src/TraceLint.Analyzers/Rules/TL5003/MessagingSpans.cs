using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>A span around the publish of a message, or for a message that is processed.</summary>
/// <param name="Start">The call that starts it.</param>
/// <param name="Publish">The publish; null when a message is processed.</param>
/// <param name="Message">The message that is processed.</param>
internal sealed record MessagingSpan(SpanStart Start, IInvocationOperation? Publish, ISymbol? Message);

/// <summary>Finds the spans that are about messages: the innermost ones around a publish, and those for a received message.</summary>
internal sealed class MessagingSpans
{
    private readonly SpanStarts _starts;
    private readonly LiveSpans _live;
    private readonly ProcessingSpans? _processing;
    private readonly ImmutableArray<(Transport Transport, Instrumentation? Instrumentation)> _publishing;
    private readonly CompilationContext _context;

    public MessagingSpans(SpanStarts starts, CompilationContext context, CancellationToken cancellation)
    {
        (_starts, _context) = (starts, context);
        _live = LiveSpans.In(context)!;
        _processing = ProcessingSpans.In(context);

        // DotPulsar starts a producer span itself.
        _publishing = Transports.In(context.Compilation)
            .Where(static transport => transport is not DotPulsar)
            .Concat(DeclaredBus.AllIn(context.Compilation, context.Settings, cancellation))
            .Select(transport => (transport, Instrumentation.Of(transport, context)))
            .ToImmutableArray();
    }

    /// <summary>What a call starts; null when it starts no span, or one that is not about a message.</summary>
    public MessagingSpan? Of(IInvocationOperation call, CancellationToken cancellation)
        => _starts.Of(call) is not { Api: SpanApi.ActivitySource or SpanApi.Tracer } start ? null
            : _processing?.ProcessedIn(start, cancellation) is { } message
                ? _context.Settings.IsInstrumented(message.Transport.Name, call.Syntax.SyntaxTree)
                    ? null
                    : new MessagingSpan(start, Publish: null, message.Variable)
            : PublishIn(start, cancellation) is { } publish ? new MessagingSpan(start, publish, Message: null)
            : null;

    private IInvocationOperation? PublishIn(SpanStart start, CancellationToken cancellation)
    {
        var model = start.Call.SemanticModel!;
        foreach (var statement in SpanRegion.Of((InvocationExpressionSyntax)start.Call.Syntax).Statements)
        {
            var nodes = statement.DescendantNodesAndSelf(
                static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));
            foreach (var node in nodes)
            {
                if (node is InvocationExpressionSyntax { ContainsDiagnostics: false } syntax && syntax.CalledName() is { } name
                    && PublishOf(name.Identifier.ValueText, syntax, model, cancellation) is { } publish
                    && _live.At(syntax, acrossFunctions: false, cancellation)?.Start.Call.Syntax == start.Call.Syntax)
                {
                    return publish;
                }
            }
        }

        return null;
    }

    private IInvocationOperation? PublishOf(
        string name, InvocationExpressionSyntax syntax, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var (transport, instrumentation) in _publishing)
        {
            if (transport.PublishNames.Contains(name)
                && model.GetOperation(syntax, cancellation) is IInvocationOperation call
                && transport.IsPublish(call, out _))
            {
                return _context.Settings.IsInstrumented(transport.NameOf(call), syntax.SyntaxTree)
                    || instrumentation?.Of(call, cancellation) is not null
                    ? null
                    : call;
            }
        }

        return null;
    }
}
