using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>Why a span has not the context of the message it is started for.</summary>
internal enum ParentLoss
{
    /// <summary>It is given neither a parent nor a link.</summary>
    NotGiven,

    /// <summary>What it is given is empty.</summary>
    Empty,

    /// <summary>It is given the context that is current anyway.</summary>
    Ambient,

    /// <summary>The context is extracted, and not passed on.</summary>
    NotPassedOn,

    /// <summary>It starts before the message is received.</summary>
    TooEarly,
}

/// <summary>A span that is started for a received message and has not its context.</summary>
/// <param name="Start">The start, as it looks where it is called.</param>
/// <param name="Message">The message.</param>
/// <param name="Loss">Why.</param>
/// <param name="Extracted">The local that holds the extracted context, when it is not passed on.</param>
/// <param name="Receive">The statement that receives the message, when it comes too late for the span.</param>
internal sealed record OrphanSpan(SpanStart Start, ReceivedMessage Message, ParentLoss Loss, ILocalSymbol? Extracted = null, StatementSyntax? Receive = null);

/// <summary>
/// The spans in which received messages are processed: does one have the context of its message? Only the outermost span of a
/// message is asked. Whatever may have taken the context off the message, in reach of it, ends the question.
/// </summary>
internal sealed class ProcessingSpans
{
    private readonly CompilationContext _context;
    private readonly SpanWrappers _wrappers;
    private readonly SpanParents _parents;
    private readonly SpansAround _around;
    private readonly ReceivedMessages _messages;
    private readonly MessageCallers _callers;
    private readonly HandedValues _values;

    private ProcessingSpans(CompilationContext context, SpanStarts starts, ImmutableArray<Transport> transports)
    {
        _context = context;
        _wrappers = new SpanWrappers(starts, _context, transports);
        _parents = new SpanParents(_context);
        _around = new SpansAround(_wrappers, _context);
        _messages = new ReceivedMessages(transports);
        _values = new HandedValues(_messages, _context);
        _callers = new MessageCallers(_messages, _wrappers, _around, _context);
    }

    /// <summary>Those of a compilation, which all rules share; null when it has no spans, or nothing to receive with.</summary>
    public static ProcessingSpans? In(CompilationContext context)
        => context.Shared(static context => SpanStarts.In(context.Compilation) is { } starts
            && Transports.ReceivingIn(context.Compilation, context.Settings) is { IsEmpty: false } transports
                ? new ProcessingSpans(context, starts, transports)
                : null);

    /// <summary>Whether nothing is said in a file about the messages of a transport: an agent sees to them, or the setting that declares them is for other files.</summary>
    public bool AreSilent(Transport transport, SyntaxTree at)
        => _context.Settings.IsInstrumented(transport.Name, at) || (transport is DeclaredBus bus && !bus.IsReceivedIn(at));

    /// <summary>The names of calls that may start a span.</summary>
    public IReadOnlyCollection<string> Names(CancellationToken cancellation) => _wrappers.NamesOf(cancellation).Union(SpanStarts.CalledNames).ToList();

    /// <summary>The verdict on a call.</summary>
    /// <param name="isAsked">Whether messages of a transport are asked about; null when those of all are.</param>
    /// <returns>Null when it starts no span, that span is for no message, or it has the context, or may have it.</returns>
    public OrphanSpan? At(IInvocationOperation call, Func<Transport, bool>? isAsked, CancellationToken cancellation)
    {
        if (_wrappers.Of(call, cancellation) is not { IsRoot: false } start || SpanPurposes.Of(start) is not { } purpose || (_parents.Of(start, cancellation) is var given && given is SpanParent.Given)
            || call.Syntax is not InvocationExpressionSyntax node || EnclosingBody.Of(node) is not { } body || call.SemanticModel is not { } model)
        {
            return null;
        }

        var region = SpanRegion.Of(node);
        var inView = _messages.At(node, model, cancellation);
        if (IsContextInScope(node, model))
        {
            return null;
        }

        // A method that is handed the value of a message alone consumes it when its span says so.
        inView = inView.IsEmpty && purpose is SpanPurpose.Consume ? _values.At(node, cancellation) : inView;

        if (inView.FirstOrDefault(message => IsFor(region, message, body, purpose, model, cancellation)) is not { } message)
        {
            return TooEarly(start, region, body, model, cancellation) is { } early && isAsked?.Invoke(early.Message.Transport) is not false ? early : null;
        }

        if (isAsked?.Invoke(message.Transport) is false)
        {
            return null;
        }

        var extractions = new ExtractionSigns(message.Transport).Reach(_context);
        var found = extractions.In(body, inView.Select(static one => one.Variable), cancellation).ToList();
        var unused = found.Count > 0 ? UnusedExtraction.Of(found, node, model) : null;
        if ((found.Count > 0 && unused is null) || _around.Any(node, message.Since, cancellation))
        {
            return null;
        }

        var callers = _callers.Of(message, node, extractions, cancellation);
        if (callers is CallerContext.MayHave || (callers is CallerContext.Unseen && purpose is not SpanPurpose.Consume && !IsEntry(message)))
        {
            return null;
        }

        return new OrphanSpan(start, message, unused is not null ? ParentLoss.NotPassedOn : given switch
        {
            SpanParent.Empty => ParentLoss.Empty,
            SpanParent.Ambient => ParentLoss.Ambient,
            _ => ParentLoss.NotGiven,
        }, unused);
    }

    // A span that is handed out covers code of the caller: what it is for, it has to say itself.
    /// <summary>The message that a span is certainly started to process, whatever its parent; null when there is none.</summary>
    public ReceivedMessage? ProcessedIn(SpanStart start, CancellationToken cancellation)
    {
        if (SpanPurposes.Of(start) is not { } purpose || start.Call is not { Syntax: InvocationExpressionSyntax node, SemanticModel: { } model }
            || EnclosingBody.Of(node) is not { } body)
        {
            return null;
        }

        var region = SpanRegion.Of(node);
        return _messages.At(node, model, cancellation)
            .FirstOrDefault(message => IsFor(region, message, body, purpose, model, cancellation)) is { } message
            && !_around.Any(node, message.Since, cancellation)
                ? message
                : null;
    }

    private bool IsFor(SpanRegion region, ReceivedMessage message, SyntaxNode body, SpanPurpose purpose, SemanticModel model, CancellationToken cancellation)
        => (message.Role is not ReceivedRole.Either || purpose is SpanPurpose.Consume)
            && (region.IsHandedOut
                ? purpose is SpanPurpose.Consume && message.Variable is IParameterSymbol
                : model.GetOperation(body, cancellation) is { } root
                    && new Processing(_wrappers, message.Transport).IsIn(region.Statements, DerivedVariables.Of(root, PartsOf(message)), model, purpose is SpanPurpose.Consume, cancellation));

    private static IEnumerable<ISymbol> PartsOf(ReceivedMessage message)
        => message.Variable is IParameterSymbol parameter ? message.Transport.RestOf(parameter).Prepend(parameter) : [message.Variable];

    // Whoever passes a context to a function has seen to it.
    private static bool IsContextInScope(SyntaxNode node, SemanticModel model)
    {
        foreach (var symbol in model.LookupSymbols(node.SpanStart))
        {
            if (symbol is IParameterSymbol parameter && (ExtractionSigns.IsContextType(parameter.Type) || TraceVocabulary.HoldsContext(parameter.Name)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEntry(ReceivedMessage message)
        => message.Variable is IParameterSymbol parameter && message.Transport.IsOfEntryPoint(parameter);

    // A span around the receiving and the processing, without a span for the processing alone.
    private OrphanSpan? TooEarly(SpanStart start, SpanRegion region, SyntaxNode body, SemanticModel model, CancellationToken cancellation)
    {
        for (var i = 0; i < region.Statements.Length; i++)
        {
            if (ReceivedBy(region.Statements[i], model, cancellation) is not var (message, receive) || message.Transport.LinksWhenReceiving || model.GetOperation(body, cancellation) is not { } root)
            {
                continue;
            }

            var derived = DerivedVariables.Of(root, [message.Variable]);
            var extractions = new ExtractionSigns(message.Transport).Reach(_context);
            return new Processing(_wrappers, message.Transport).EndsIn(region.Statements.RemoveRange(0, i), derived, model, cancellation)
                && !OtherSpans(derived).Any() && !extractions.In(body, [message.Variable], cancellation).Any()
                    ? new OrphanSpan(start, message, ParentLoss.TooEarly, Receive: receive)
                    : null;
        }

        return null;

        IEnumerable<IOperation> OtherSpans(HashSet<ISymbol> derived)
            => new MessageReach(_context, (operation, _) => operation.Syntax != start.Call.Syntax && operation is IInvocationOperation other && _wrappers.LeavesSpan(other, cancellation), static _ => false)
                .In(body, derived, cancellation);
    }

    // The first statement that holds what a call, perhaps awaited, returned in a variable, by its declaration or an assignment.
    private (ReceivedMessage Message, StatementSyntax Receive)? ReceivedBy(SyntaxNode statement, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var node in statement.DescendantNodesAndSelf(static node => node is BlockSyntax or TryStatementSyntax or LocalDeclarationStatementSyntax or VariableDeclarationSyntax or ExpressionStatementSyntax))
        {
            var variable = node switch
            {
                VariableDeclaratorSyntax { Initializer.Value: var value } when IsCalled(value) => model.GetDeclaredSymbol(node, cancellation),
                AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax target, Right: var value } when IsCalled(value) => model.GetSymbolInfo(target, cancellation).Symbol as ILocalSymbol,
                _ => null,
            };
            if (variable is not null && _messages.Of(variable) is { } message && node.FirstAncestorOrSelf<StatementSyntax>() is { } receive)
            {
                return (message, receive);
            }
        }

        return null;
    }

    private static bool IsCalled(ExpressionSyntax value) => value switch
    {
        MemberAccessExpressionSyntax { Expression: ParenthesizedExpressionSyntax { Expression: AwaitExpressionSyntax } } => true,
        _ => value is AwaitExpressionSyntax or InvocationExpressionSyntax,
    };
}
