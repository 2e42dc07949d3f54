using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// Looks for the place where a project injects into an envelope: a type of its own or a plain collection, which then is
/// serialized into the body of what is published elsewhere. The code that publishes shows no sign of it.
/// </summary>
internal sealed class EnvelopeInjection(SourceModels models, ImmutableArray<PropagationApi> apis, ICarrierModel model)
{
    private readonly HeaderDictionaries _headers = new(models, model);
    private StrongBox<Evidence?>? _found;

    /// <summary>The injection, if there is one. Searched for once, when first asked.</summary>
    public Evidence? Find(CancellationToken cancellation)
        => (_found ??= new StrongBox<Evidence?>(Search(cancellation))).Value;

    private Evidence? Search(CancellationToken cancellation)
    {
        foreach (var call in CallIndex.CallsOf("Inject", models, cancellation))
        {
            foreach (var api in apis)
            {
                if (api.TryGetInjection(call, out var carrier) && IsEnvelope(Unwrap(carrier), cancellation))
                {
                    return new Evidence(EvidenceKind.InBody, call.Syntax.GetLocation(), call.TargetMethod.Name);
                }
            }
        }

        return null;
    }

    private static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    // The headers of another library are those of another transport, HTTP or a queue.
    private bool IsEnvelope(IOperation carrier, CancellationToken cancellation) => !IsCarrier(carrier, cancellation) && !IsEnvironment(carrier) && carrier.Type switch
    {
        IArrayTypeSymbol => true,
        INamedTypeSymbol named when IsPlain(named) => named.TypeArguments.All(argument => argument is not INamedTypeSymbol of || IsPlain(of)),
        _ => false,
    };

    // A child process is given its context there, and no message.
    private static bool IsEnvironment(IOperation carrier)
        => carrier is IPropertyReferenceOperation { Property: { Name: "Environment" or "EnvironmentVariables", ContainingType.Name: "ProcessStartInfo" } };

    private bool IsCarrier(IOperation carrier, CancellationToken cancellation) => model.RoleOf(carrier.Type) switch
    {
        CarrierRole.None => false,
        CarrierRole.Carrier when model.HasPlainCarrier => _headers.Contains(carrier, cancellation),
        _ => true,
    };

    private static bool IsPlain(INamedTypeSymbol type)
        => type.Locations is [{ IsInSource: true }, ..]
            || type.SpecialType is not SpecialType.None
            || type.ContainingNamespace.ToDisplayString() is "System.Collections.Generic" or "System.Collections" or "System.Text" or "System.Text.Json.Nodes";
}
