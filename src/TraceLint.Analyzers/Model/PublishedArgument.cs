using Microsoft.CodeAnalysis;
using TraceLint.Configuration;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// The parameter that a declared method publishes when it is a message or a carrier of a known library: a wrapper, whose calls are judged
/// as publishes of that library. Such a declaration needs no <c>carrier=</c>.
/// </summary>
internal static class PublishedArgument
{
    /// <summary>Whether a declared method publishes the message of a known library.</summary>
    /// <param name="line">The declaration; null when a setting names the method.</param>
    public static bool IsOfKnownLibrary(IMethodSymbol method, Declaration? line, IReadOnlyList<Transport> transports)
    {
        foreach (var transport in transports)
        {
            if (Of(method, line?.Part(Declaration.PartNames.Carrier), transport) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The parameter that a declared method publishes with a transport of a known library; null when there is none.</summary>
    /// <param name="carrier">What the declaration says about the carrier; null when it says nothing.</param>
    public static IParameterSymbol? Of(IMethodSymbol method, string? carrier, Transport transport)
    {
        foreach (var parameter in method.Parameters)
        {
            // A plain dictionary is the carrier of any bus.
            if ((carrier is null || parameter.Name == carrier)
                && (transport.RoleOf(parameter.Type) is CarrierRole.Message or CarrierRole.Batch
                    || (transport.RoleOf(parameter.Type) is CarrierRole.Carrier && !transport.HasPlainCarrier)))
            {
                return parameter;
            }
        }

        return null;
    }
}
