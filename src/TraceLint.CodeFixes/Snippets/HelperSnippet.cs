using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Snippets;

/// <summary>Calls of a helper of the project that injects.</summary>
internal static class HelperSnippet
{
    /// <summary>Calls the helper for a message, for a carrier, or for each message of a batch.</summary>
    public static IEnumerable<string> Call(
        InjectHelper helper, InjectTarget target, CarrierCode code, SnippetSite site, SemanticModel model)
    {
        if (helper.Takes is CarrierRole.Message && target.Role is CarrierRole.Message)
        {
            return [Statement(helper, target.Name, target.Type, site, model)];
        }

        return TargetSnippet.ForEachCarrier(target, code, site, (carrier, message) => [Statement(
            helper,
            helper.Takes is CarrierRole.Message ? carrier.Substring(0, carrier.LastIndexOf('.')) : carrier,
            message,
            site,
            model)]);
    }

    private static string Statement(InjectHelper helper, string argument, ITypeSymbol? message, SnippetSite site, SemanticModel model)
    {
        var method = helper.Method;
        var arguments = helper.Method.Parameters
            .Where(static parameter => !parameter.IsOptional)
            .Select(parameter => SymbolEqualityComparer.Default.Equals(parameter, helper.Parameter)
                ? argument
                : $"{site.Name(SystemDiagnostics.Names.Activity)}.Current")
            .ToList();
        var receiver = (helper.Takes is CarrierRole.Message ? message : null) ?? method.Parameters[0].Type as INamedTypeSymbol;
        if (method.IsExtensionMethod && arguments[0] == argument
            && !model.LookupSymbols(site.Position, receiver, method.Name, includeReducedExtensionMethods: true).IsEmpty)
        {
            return $"{argument}.{method.Name}({string.Join(", ", arguments.Skip(1))});";
        }

        var home = SymbolEqualityComparer.Default.Equals(helper.CalledFrom, method.ContainingType)
            ? ""
            : $"{site.Name(method.ContainingType)}.";
        return $"{home}{method.Name}({string.Join(", ", arguments)});";
    }
}
