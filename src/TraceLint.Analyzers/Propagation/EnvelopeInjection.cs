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
internal sealed class EnvelopeInjection(SourceModels models, ImmutableArray<PropagationApi> apis, Func<ITypeSymbol?, bool> isCarrier)
{
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
                if (api.TryGetInjection(call, out var carrier) && IsEnvelope(Unwrap(carrier).Type))
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
    private bool IsEnvelope(ITypeSymbol? type) => type is not null && !isCarrier(type) && type switch
    {
        IArrayTypeSymbol => true,
        INamedTypeSymbol named when IsPlain(named) => named.TypeArguments.All(argument => argument is not INamedTypeSymbol of || IsPlain(of)),
        _ => false,
    };

    private static bool IsPlain(INamedTypeSymbol type)
        => type.Locations is [{ IsInSource: true }, ..]
            || type.SpecialType is not SpecialType.None
            || type.ContainingNamespace.ToDisplayString() is "System.Collections.Generic" or "System.Collections" or "System.Text" or "System.Text.Json.Nodes";
}
