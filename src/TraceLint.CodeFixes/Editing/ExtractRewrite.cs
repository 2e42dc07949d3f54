using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;
using TraceLint.Snippets;
using TraceLint.Spans;

namespace TraceLint.Editing;

/// <summary>Fixes all spans of a document that lack the context of their message.</summary>
internal sealed class ExtractRewrite
{
    private readonly SemanticModel _model;
    private readonly IReadOnlyList<CarrierCode> _carriers;
    private readonly FixWith _with;
    private readonly CancellationToken _cancellation;
    private readonly CompilationContext _compilation;
    private readonly Dialect? _dialect;
    private readonly FreshNames _names;
    private readonly Imports _imports;
    private readonly InsertedStatements _edits;
    private readonly Dictionary<Transport, ExtractHelpers> _helpers = [];

    public ExtractRewrite(
        SemanticModel model,
        CompilationUnitSyntax root,
        Imports imports,
        IEnumerable<CarrierCode> carriers,
        FixWith with,
        CompilationContext compilation,
        CancellationToken cancellation)
    {
        (_model, _carriers, _with, _compilation, _cancellation) = (model, carriers.ToList(), with, compilation, cancellation);
        _dialect = InjectSnippet.DialectOf(model.Compilation, _compilation.Settings.At(model.SyntaxTree).FixDialect);
        _names = new FreshNames(model);
        _imports = imports;
        _edits = new InsertedStatements(root, _names);
    }

    /// <summary>Rewrites a span, if there is a correct edit for it.</summary>
    /// <param name="handling">Which nulls the inserted code checks for.</param>
    public void Add(InvocationExpressionSyntax call, OrphanSpan orphan, NullHandling handling)
    {
        var code = _carriers.FirstOrDefault(carrier
            => carrier.Transport.GetType() == orphan.Message.Transport.GetType()
                && carrier.Transport.ReceivedAs(orphan.Message.Type) is not ReceivedRole.None);
        if (code is null || _dialect is not { } dialect)
        {
            return;
        }

        if (orphan.Receive is { } receive)
        {
            LinkLater(call, receive, orphan, code, dialect, handling);
            return;
        }

        if (Anchor.Of(call) is not { IsConditional: false } anchor)
        {
            return;
        }

        var site = new SnippetSite(call, anchor, dialect, _model.Compilation, _imports, _names);
        if (orphan.Start.Api is SpanApi.Activity)
        {
            SetParent(call, orphan, code, anchor, site, handling);
            return;
        }

        var arguments = new SpanArguments(call, orphan.Start.Call);
        switch (orphan)
        {
            case { Loss: ParentLoss.NotPassedOn, Extracted: { } local } when _with is not FixWith.Helper:
                var context = local.Type.Name == "PropagationContext" ? $"{local.Name}.ActivityContext" : local.Name;
                Replace(call, arguments.WithParent(AsParent(context, orphan, site), Kind(orphan, site)));
                break;
            case { Loss: not ParentLoss.NotPassedOn, Message.Role: ReceivedRole.Batch }:
                Link(call, orphan, code, anchor, site, arguments, handling);
                break;
            case { Loss: not ParentLoss.NotPassedOn }:
                Parent(call, orphan, code, anchor, site, arguments, handling);
                break;
        }
    }

    /// <summary>The root with all edits applied; null when there are none.</summary>
    public CompilationUnitSyntax? Apply() => _edits.IsEmpty ? null : _imports.AddTo(_edits.Apply());

    private void Parent(
        InvocationExpressionSyntax call,
        OrphanSpan orphan,
        CarrierCode code,
        Anchor anchor,
        SnippetSite site,
        SpanArguments arguments,
        NullHandling handling)
    {
        if (Extract(ValueOf(orphan), call, code, site, handling, out var context) is { } statements
            && arguments.WithParent(AsParent(context, orphan, site), Kind(orphan, site)) is { } rewritten)
        {
            _edits.Add(anchor, returnsNothing: false, statements);
            Replace(call, rewritten);
        }
    }

    private void Link(
        InvocationExpressionSyntax call,
        OrphanSpan orphan,
        CarrierCode code,
        Anchor anchor,
        SnippetSite site,
        SpanArguments arguments,
        NullHandling handling)
    {
        var batch = ValueOf(orphan);
        var name = site.Local("received", "each");
        if (ReceivedCarrier.MessagesOf(batch, handling, site) is { } messages && batch.Element(name) is { } element
            && Extract(element, call, code, site, NullHandling.None, out var context) is { } extracted
            && ExtractSnippet.Links(messages, name, extracted, context, site, out var links).ToList() is var statements
            && arguments.WithLinks(links, $"default({site.Name(SpanTypes.Names.ActivityContext)})", Kind(orphan, site)) is { } rewritten)
        {
            _edits.Add(anchor, returnsNothing: false, statements);
            Replace(call, rewritten);
        }
    }

    // The parent of an Activity that is created with new is set before the Activity is started.
    private void SetParent(
        InvocationExpressionSyntax call, OrphanSpan orphan, CarrierCode code, Anchor anchor, SnippetSite site, NullHandling handling)
    {
        if (orphan is not { Loss: ParentLoss.NotGiven, Message.Role: not ReceivedRole.Batch } || HandmadeStart.Of(call) is not { } start
            || Extract(ValueOf(orphan), call, code, site, handling, out var context) is not { } statements)
        {
            return;
        }

        var parented = ExtractSnippet.SetParent(start.Variable, context, site);
        if (start.Made is { } made)
        {
            _edits.Add(anchor, returnsNothing: false, statements);
            _edits.Replace(call, made);
            _edits.AddAfter(start.Statement, [parented, $"{start.Variable}.Start();"]);
        }
        else
        {
            _edits.Add(anchor, returnsNothing: false, statements.Append(parented));
        }
    }

    // A span that was started before the message was received can only be linked, after the receive.
    private void LinkLater(
        InvocationExpressionSyntax call,
        StatementSyntax receive,
        OrphanSpan orphan,
        CarrierCode code,
        Dialect dialect,
        NullHandling handling)
    {
        var here = new Anchor(receive, HasExpressionBody: false, IsConditional: false);
        var site = new SnippetSite(receive, here, dialect, _model.Compilation, _imports, _names);
        if (!StatementEdits.IsInList(receive)
            || !site.Knows(SystemDiagnostics.Names.Activity, "AddLink", parameters: 1)
            || SpanRegion.Of(call).Variable is not { } span
            || _model.LookupSymbols(receive.SpanStart, name: span) is not [ILocalSymbol { Type: var type }]
            || !SymbolEqualityComparer.Default.Equals(type, _model.Compilation.TypeNamed(SystemDiagnostics.Names.Activity)))
        {
            return;
        }

        var message = ValueOf(orphan);
        if (message.Role is not ReceivedRole.Batch)
        {
            if (Extract(message, receive, code, site, handling, out var context) is { } extracted)
            {
                _edits.AddAfter(receive, ExtractSnippet.AddLink(span, extracted, context, site));
            }

            return;
        }

        var name = site.Local("received", "each");
        if (ReceivedCarrier.MessagesOf(message, handling, site) is { } messages
            && message.Element(name) is { } element
            && Extract(element, receive, code, site, NullHandling.None, out var each) is { } eachExtracted)
        {
            _edits.AddAfter(receive, ExtractSnippet.AddLinks(span, messages, name, eachExtracted, each, site));
        }
    }

    private static ReceivedValue ValueOf(OrphanSpan orphan)
        => new(orphan.Message.Variable.Name, orphan.Message.Type, orphan.Message.Role);

    private IEnumerable<string>? Extract(
        ReceivedValue message, SyntaxNode at, CarrierCode code, SnippetSite site, NullHandling handling, out string context)
    {
        if (handling is NullHandling.Copy)
        {
            var copy = site.Local("received", "incoming");
            return Extract(message with { Name = copy }, at, code, site, NullHandling.Message, out context)
                ?.Prepend($"var {copy} = {message.Name};");
        }

        context = "";
        if (_with is not FixWith.Code
            && HelpersOf(code.Transport).Find(at, _model, _cancellation) is { } helper
            && ReceivedCarrier.For(helper.Takes, message, code, handling) is { } argument)
        {
            return ExtractSnippet.ByHelper(helper, argument, site, _model, out context);
        }

        return _with is not FixWith.Helper && ReceivedCarrier.Of(message, code, handling) is { } carrier
            ? ExtractSnippet.FromCarrier(carrier, code, site, out context)
            : null;
    }

    private ExtractHelpers HelpersOf(Transport transport)
    {
        if (!_helpers.TryGetValue(transport, out var helpers))
        {
            _helpers.Add(transport, helpers = new ExtractHelpers(transport, _compilation));
        }

        return helpers;
    }

    // OpenTelemetry's Tracer takes its own SpanContext.
    private static string AsParent(string context, OrphanSpan orphan, SnippetSite site)
        => orphan.Start.Api is SpanApi.Tracer ? $"new {site.NameAfterNew(SpanStarts.Names.SpanContext)}({context})" : context;

    private static string Kind(OrphanSpan orphan, SnippetSite site)
        => site.Name(orphan.Start.Api is SpanApi.Tracer ? SpanStarts.Names.SpanKind : SpanTypes.Names.ActivityKind);

    private void Replace(InvocationExpressionSyntax call, ArgumentListSyntax? arguments)
    {
        if (arguments is not null)
        {
            _edits.Replace(call.ArgumentList, arguments);
        }
    }
}
