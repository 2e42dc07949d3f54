using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Snippets;

namespace TraceLint.Editing;

/// <summary>Fixes all publishes of a document.</summary>
internal sealed class PublishRewrite
{
    private readonly SemanticModel _model;
    private readonly List<FixableTransport> _transports = [];
    private readonly FixWith _with;
    private readonly CancellationToken _cancellation;
    private readonly FreshNames _names;
    private readonly Imports _imports;
    private readonly InsertedStatements _edits;
    private readonly Dialect? _dialect;

    public PublishRewrite(
        SemanticModel model,
        CompilationUnitSyntax root,
        Imports imports,
        IEnumerable<CarrierCode> carriers,
        FixWith with,
        CompilationContext context,
        CancellationToken cancellation)
    {
        (_model, _with, _cancellation) = (model, with, cancellation);
        _names = new FreshNames(model);
        _imports = imports;
        _edits = new InsertedStatements(root, _names);
        _dialect = InjectSnippet.DialectOf(model.Compilation, context.Settings.At(model.SyntaxTree).FixDialect);
        foreach (var carrier in carriers)
        {
            var flow = new CarrierFlow(CarrierModel.For(carrier.Transport, context), context);
            _transports.Add(new FixableTransport(carrier, flow.Model, with is FixWith.Code ? null : new InjectHelpers(flow)));
        }
    }

    /// <summary>Rewrites a publish, if there is a correct edit for it.</summary>
    /// <param name="call">The reported call.</param>
    /// <param name="operation">The operation of the call.</param>
    /// <param name="advice">What the rule says about the call.</param>
    /// <returns>Whether there is an edit.</returns>
    public bool Add(InvocationExpressionSyntax call, IInvocationOperation operation, PublishAdvice advice)
    {
        if (advice.Room <= 0
            || _transports.Find(transport => transport.IsOf(operation)) is not { } transport
            || transport.Carrier.WithRoom(advice.Room) is not { } carrier
            || PublishedMessage.In(call, operation, carrier, transport.Model, _imports, _model, _cancellation) is not { } message)
        {
            return false;
        }

        var received = advice.Received is null
            ? null
            : carrier.Received(advice.Received, _model.LookupSymbols(call.SpanStart, name: advice.Received));
        var helper = received is null && advice.Stored is null
            ? transport.Helpers?.Find(call, message.Role, _model, _cancellation)
            : null;
        if (helper is null && (_with is FixWith.Helper || _dialect is null))
        {
            return false;
        }

        // A helper that takes the message creates the carrier itself.
        var isMadeByHelper = helper is { Takes: CarrierRole.Message };
        var exists = (advice.CarrierExists || (message.IsNew && message.Type is { } type && transport.Model.HasCarrierWhenNew(type)))
            && !carrier.MayBeMissing;
        if (!exists && !carrier.CanBeMade && !carrier.IsAlwaysThere && message.Role is not CarrierRole.Carrier)
        {
            return false;
        }

        var site = new SnippetSite(call, message.Anchor, _dialect ?? default, _model.Compilation, _imports, _names);
        if (advice.HasNoSpan && received is null && advice.Stored is null)
        {
            if (advice.Source is null
                || ProducerSpan.Around(call, operation, message.Anchor, advice.Source, site, _model.Compilation) is not { } span)
            {
                return false;
            }

            _edits.Enclose(message.Anchor, span);
        }

        if (!exists
            && !isMadeByHelper
            && new CarrierInitializer(carrier, transport.Model, _model, _cancellation).CreationOf(call, message) is { } creation)
        {
            exists = true;
            message = WithCarrier(message, creation, carrier.Member, carrier.Empty(message.Type, site));
        }

        _edits.Add(message, name =>
        {
            var target = new InjectTarget(name, message.Role, message.Type, message.EntriesMember, exists);
            return helper is not null ? HelperSnippet.Call(helper, target, carrier, site, _model)
                : received is not null ? CarryOnSnippet.Statements(received, advice.HasNoSpan, target, carrier, site)
                : advice.Stored is { } stored ? StoredContextSnippet.Statements(stored, target, carrier, site)
                : InjectSnippet.Statements(target, carrier, site);
        });
        return true;
    }

    private PublishedMessage WithCarrier(PublishedMessage message, BaseObjectCreationExpressionSyntax creation, string member, string empty)
    {
        if (message.Variable is null)
        {
            return message with { Completed = made => CarrierInitializer.With((BaseObjectCreationExpressionSyntax)made, member, empty) };
        }

        _edits.Change(creation, made => CarrierInitializer.With((BaseObjectCreationExpressionSyntax)made, member, empty));
        return message;
    }

    /// <summary>The root with all edits applied; null when there are none.</summary>
    public CompilationUnitSyntax? Apply() => _edits.IsEmpty ? null : _imports.AddTo(_edits.Apply());

    /// <summary>A transport of the compilation, with the code for its carrier and the helpers of the project.</summary>
    private sealed record FixableTransport(CarrierCode Carrier, ICarrierModel Model, InjectHelpers? Helpers)
    {
        /// <summary>Whether a call publishes with the transport, or passes its message or carrier to a method that publishes it.</summary>
        public bool IsOf(IInvocationOperation call)
            => Model.EffectOf(call).Kind is CallEffectKind.Publish
                || (call.TargetMethod.Locations is [{ IsInSource: true }, ..]
                    && call.Arguments.Any(argument => Model.RoleOf(argument.Parameter?.Type) is not CarrierRole.None));
    }
}
