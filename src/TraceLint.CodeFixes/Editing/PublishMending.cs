using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Snippets;

namespace TraceLint.Editing;

/// <summary>The publishes of one document, mended together.</summary>
internal sealed class PublishMending
{
    private readonly SemanticModel _model;
    private readonly CarrierCode _carrier;
    private readonly CarrierFlow _flow;
    private readonly MendWith _with;
    private readonly CancellationToken _cancellation;
    private readonly FreshNames _names;
    private readonly Imports _imports;
    private readonly Preludes _edits;
    private readonly InjectHelpers? _helpers;

    public PublishMending(SemanticModel model, CompilationUnitSyntax root, CarrierCode carrier, CarrierFlow flow, MendWith with, CancellationToken cancellation)
    {
        (_model, _carrier, _flow, _with, _cancellation) = (model, carrier, flow, with, cancellation);
        _names = new FreshNames(model);
        _imports = new Imports(root, model);
        _edits = new Preludes(root, _names);
        _helpers = with is MendWith.Code ? null : new InjectHelpers(flow);
    }

    /// <summary>Mends one publish, if there is a correct edit for it.</summary>
    /// <param name="call">The call that is reported.</param>
    /// <param name="operation">What it means.</param>
    /// <param name="carrierExists">Whether the carrier certainly exists.</param>
    /// <param name="incoming">The received message whose context is to be carried on; null when the current one is to be injected.</param>
    public void Add(InvocationExpressionSyntax call, IInvocationOperation operation, bool carrierExists, string? incoming)
    {
        if (PublishedMessage.In(call, operation, _carrier, _flow.Model, _imports, _model, _cancellation) is not { } message)
        {
            return;
        }

        var helper = incoming is null ? _helpers?.Find(call, message.Role, _model, _cancellation) : null;
        if (helper is null && (_with is MendWith.Helper || InjectSnippet.DialectOf(_model.Compilation) is null))
        {
            return;
        }

        var site = new SnippetSite(call, message.Anchor, InjectSnippet.DialectOf(_model.Compilation) ?? default, _model.Compilation, _imports, _names);
        var received = incoming is null ? null : _carrier.Received(incoming, _model.LookupSymbols(call.SpanStart, name: incoming));
        _edits.Add(message, name =>
        {
            var target = new InjectTarget(name, message.Role, message.Type, message.EntriesMember, carrierExists);
            return helper is not null ? HelperSnippet.Call(helper, target, _carrier, site, _model)
                : received is not null ? CarryOnSnippet.Statements(received, target, _carrier, site)
                : InjectSnippet.Statements(target, _carrier, site);
        });
    }

    /// <summary>The document's root with everything mended; null when nothing could be.</summary>
    public CompilationUnitSyntax? Apply() => _edits.IsEmpty ? null : _imports.AddTo(_edits.Apply());
}
