using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>
/// Whether a context travels in what is published, not on its carrier: something that the payload is made from reads it, is
/// injected into, or is an envelope. Where the payload is a parameter, every caller has to put the context in; one that does not
/// is reported.
/// </summary>
internal sealed class ContextInPayload
{
    private const int MaxDepth = 3;
    private const int MaxCallers = 20;

    private readonly CompilationContext _compilation;
    private readonly ImmutableArray<PropagationApi> _apis;
    private readonly ICarrierModel _model;
    private readonly HeaderDictionaries _headers;
    private readonly Envelopes _envelopes;
    private readonly ConcurrentDictionary<IParameterSymbol, ConcurrentDictionary<(string, int), (Evidence? Context, Evidence? Envelope)>>
        _parameters = new(SymbolEqualityComparer.Default);

    public ContextInPayload(CompilationContext compilation, ImmutableArray<PropagationApi> apis, ICarrierModel model)
    {
        (_compilation, _apis, _model) = (compilation, apis, model);
        _headers = new HeaderDictionaries(compilation, model);
        _envelopes = new Envelopes(compilation, apis, model, _headers);
    }

    /// <inheritdoc cref="ICarrierModel.ContextInPayload"/>
    public Evidence? Find(IEnumerable<IOperation> published, IMethodSymbol? helper, IOperation? call, CancellationToken cancellation)
    {
        var inside = helper is not null && call is not null ? new FollowedCall(call, helper, Caller: null) : null;
        var (context, envelope) = Look(published.Select(one => new PayloadPart(one, null, IsIn(one, helper) ? inside
            : null)), MaxDepth, cancellation);
        return context ?? envelope;
    }

    private static bool IsIn(IOperation operation, IMethodSymbol? helper)
        => helper?.DeclaringSyntaxReferences.Any(declaration => declaration.SyntaxTree == operation.Syntax.SyntaxTree
            && declaration.Span.Contains(operation.Syntax.Span)) is true;

    private (Evidence? Context, Evidence? Envelope) Look(IEnumerable<PayloadPart> roots, int depth, CancellationToken cancellation)
    {
        Evidence? envelope = null;
        var open = new HashSet<(IParameterSymbol Parameter, string? Member)>();
        foreach (var part in new PayloadSources(_compilation, MeaningOf, operation => IsOther(operation, cancellation), cancellation).Of(roots))
        {
            if (ContextInBody.SignOf(part, _model) is { Length: > 0 } sign)
            {
                return (Found(part, sign), null);
            }

            if (part.Operation is IInvocationOperation call && MeaningOf(call) is PayloadCall.Injects)
            {
                return (Found(part, call.TargetMethod.Name), null);
            }

            if (part is { Operation: IParameterReferenceOperation { Parameter: var parameter } }
                && part.Inside?.Of(parameter.ContainingSymbol) is null)
            {
                if (IsWrittenByPropagator(parameter, part.Operation))
                {
                    return (Found(part, parameter.Name), null);
                }

                open.Add((parameter, part.Member));
            }
            else
            {
                envelope ??= _envelopes.MayBe(part, cancellation);
            }
        }

        foreach (var (parameter, member) in open)
        {
            var (given, hidden) = ByCallers(parameter, member, depth - 1, cancellation);
            if (given is not null)
            {
                return (given, null);
            }

            envelope ??= hidden;
        }

        return (null, envelope);
    }

    private static Evidence Found(PayloadPart part, string sign) => new(EvidenceKind.InBody, part.Operation.Syntax.GetLocation(), sign);

    // Many publishes may get their payload from one parameter.
    private (Evidence? Context, Evidence? Envelope) ByCallers(
        IParameterSymbol parameter, string? member, int depth, CancellationToken cancellation)
    {
        var known = _parameters.GetOrAdd(parameter, static _ => new());
        return known.TryGetValue((member ?? "*", depth), out var found)
            ? found
            : known[(member ?? "*", depth)] = AskCallers(parameter, member, depth, cancellation);
    }

    private (Evidence? Context, Evidence? Envelope) AskCallers(
        IParameterSymbol parameter, string? member, int depth, CancellationToken cancellation)
    {
        Evidence? context = null, envelope = null;
        var (all, any) = (true, false);
        foreach (var given in depth > 0 ? GivenFor(parameter, cancellation) : [])
        {
            any = true;
            var (found, hidden) = Look([new PayloadPart(given, member, null)], depth, cancellation);
            context ??= found;
            envelope ??= hidden;
            all &= found is not null;
        }

        return any ? (all ? context : null, envelope) : (null, _envelopes.MayBe(parameter, member, cancellation));
    }

    private IEnumerable<IOperation> GivenFor(IParameterSymbol parameter, CancellationToken cancellation)
        => parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method
            ? []
            : CallIndex.CallsOf(method.Name, _compilation, cancellation).Where(call => Callers.Calls(call, method))
                .Select(call => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal)?.Value)
                .OfType<IOperation>().Take(MaxCallers);

    private PayloadCall MeaningOf(IInvocationOperation call)
        => LogCalls.Are(call.TargetMethod) || call.TargetMethod.ContainingType.Name is "Activity" or "ActivitySource"
            || _model.EffectOf(call).Kind is CallEffectKind.Publish ? PayloadCall.EndsThere
            : _apis.Any(api => api.TryGetInjection(call, out _))
                || _compilation.Settings.Injects(call.TargetMethod, call.Syntax.SyntaxTree) ? PayloadCall.Injects
            : PayloadCall.Ordinary;

    // (_, name, value) => envelope.Fields[name] = value
    private bool IsWrittenByPropagator(IParameterSymbol parameter, IOperation reference)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.AnonymousFunction })
        {
            return false;
        }

        for (var parent = reference.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IArgumentOperation { Parent: IInvocationOperation call } && MeaningOf(call) is PayloadCall.Injects)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOther(IOperation operation, CancellationToken cancellation) => _model.RoleOf(operation.Type) switch
    {
        CarrierRole.None => operation is IPropertyReferenceOperation { Property: var property }
            && _model.RoleOfMember(property) is not MemberRole.None,
        CarrierRole.Carrier when _model.HasPlainCarrier => _headers.Contains(operation, cancellation),
        _ => true,
    };
}
