using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>Where ids come from; a parameter is followed to the callers in the project.</summary>
internal sealed class IdOrigins(CompilationContext context)
{
    /// <summary>Where an id comes from.</summary>
    public IdSource Of(IOperation id, CancellationToken cancellation)
    {
        var source = IdSource.Of(id, cancellation);
        return source is
        {
            Origin: IdOrigin.Unknown,
            Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } method } parameter
        }
            ? source with { Origin = OfParameter(method, parameter, cancellation) }
            : source;
    }

    // The type of an id says that there was a context or a span, unless a caller generates it.
    private IdOrigin OfParameter(IMethodSymbol method, IParameterSymbol parameter, CancellationToken cancellation)
        => AtCallers(method, parameter, cancellation) is var origin && origin is IdOrigin.Unknown && IdSource.IsId(parameter.Type)
            ? IdOrigin.Context
            : origin;

    // A single caller that generates ids shows that the method starts traces.
    private IdOrigin AtCallers(IMethodSymbol method, IParameterSymbol parameter, CancellationToken cancellation)
    {
        var origin = IdOrigin.Unknown;
        foreach (var call in CallIndex.CallsOf(method.Name, context, cancellation))
        {
            if (!SymbolEqualityComparer.Default.Equals((call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition, method))
            {
                continue;
            }

            foreach (var argument in call.Arguments)
            {
                if (argument.Parameter?.Ordinal == parameter.Ordinal)
                {
                    switch (IdSource.Of(argument.Value, cancellation))
                    {
                        case { Origin: IdOrigin.MadeUp }:
                            return IdOrigin.MadeUp;
                        case { Origin: IdOrigin.Unknown, Holder: null }:
                            return IdOrigin.Unknown;
                        default:
                            origin = IdOrigin.Text;
                            break;
                    }
                }
            }
        }

        return origin;
    }
}
