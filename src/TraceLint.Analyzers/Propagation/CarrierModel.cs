using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Boundaries;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>One transport and every known way to inject into its carrier, as the flow wants to hear it.</summary>
internal sealed class CarrierModel(Transport transport, ImmutableArray<PropagationApi> apis, SourceModels models) : ICarrierModel
{
    private readonly EnvelopeInjection _envelopes = new(models, apis, type => transport.RoleOf(type) is not CarrierRole.None);

    /// <summary>The model of a transport in a compilation.</summary>
    public static CarrierModel For(Transport transport, SourceModels models)
    {
        var compilation = models.Compilation;
        var apis = ImmutableArray.CreateBuilder<PropagationApi>();
        if (OpenTelemetryApi.In(compilation) is { } openTelemetry)
        {
            apis.Add(openTelemetry);
        }

        if (SystemDiagnostics.In(compilation) is { } systemDiagnostics)
        {
            apis.Add(systemDiagnostics);
        }

        return new CarrierModel(transport, apis.ToImmutable(), models);
    }

    public CarrierRole RoleOf(ITypeSymbol? type) => transport.RoleOf(type);

    public bool IsEmptyWhenNew(ITypeSymbol type) => transport.IsEmptyWhenNew(type);

    public bool IsCarrierMember(IPropertySymbol property) => transport.IsCarrierMember(property);

    public CallEffect EffectOf(IInvocationOperation call)
    {
        if (transport.TryGetPublish(call, out var message))
        {
            return new CallEffect(CallEffectKind.Publish, message);
        }

        if (transport.TryGetWrite(call, out var write))
        {
            return new CallEffect(CallEffectKind.Write, write.Carrier, write.Entry);
        }

        foreach (var api in apis)
        {
            if (api.TryGetInjection(call, out var carrier))
            {
                return new CallEffect(CallEffectKind.Inject, carrier, Api: $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}");
            }
        }

        return new CallEffect(transport.IsOwnMember(call.TargetMethod) || Bystanders.Contains(call.TargetMethod) ? CallEffectKind.Harmless : CallEffectKind.Unknown);
    }

    public EntryMeaning MeaningOf(IOperation entry, out string subject) => HandwrittenHeader.MeaningOf(transport.NameOf(entry), models.Compilation.Assembly, out subject);

    public Evidence? EnvelopeInjection(CancellationToken cancellation) => _envelopes.Find(cancellation);

    public bool ShowsContext(IOperation operation, CancellationToken cancellation, out string sign)
        => ContextInBody.IsIn(operation, cancellation, out sign);
}
