using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>A carrier that is a dictionary with string keys.</summary>
internal static class DictionaryCarrier
{
    /// <summary>The type of the values of a dictionary with string keys; null for any other type.</summary>
    public static ITypeSymbol? ValueOf(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "Dictionary" or "IDictionary", TypeArguments: [var key, var value] } dictionary
            && key.SpecialType is SpecialType.System_String
            && dictionary.ContainingNamespace is { Name: "Generic" } home
            && home.ToDisplayString() == "System.Collections.Generic"
                ? value
                : null;

    /// <summary>What a call does to such a carrier; Unknown when it is neither a method nor an extension method of one.</summary>
    /// <param name="isCarrier">Decides which dictionaries are carriers.</param>
    public static CallEffect EffectOf(IInvocationOperation call, Func<ITypeSymbol?, bool> isCarrier)
    {
        // The dictionary is the first argument of an extension method.
        var isExtension = call.Instance is null && call.TargetMethod is { IsExtensionMethod: true, ContainingNamespace.Name: "Generic" };
        var dictionary = isExtension ? call.Arguments[0].Value : call.Instance;
        if (!isCarrier(dictionary?.Type))
        {
            return default;
        }

        var first = isExtension ? 1 : 0;
        var key = call.Arguments.Length > first ? call.Arguments[first].Value : null;
        return call.TargetMethod.Name switch
        {
            "Add" when call.Arguments.Length == first + 2 => new CallEffect(CallEffectKind.Write, dictionary, key),
            "TryAdd" => new CallEffect(CallEffectKind.Write, dictionary, key),
            "Add" => default,
            "Remove" => new CallEffect(CallEffectKind.Remove, dictionary, key),
            "Clear" => new CallEffect(CallEffectKind.Remove, dictionary),
            _ => new CallEffect(CallEffectKind.Harmless),
        };
    }

    /// <summary>What setting an indexer does to such a carrier: it writes an entry.</summary>
    public static CallEffect EffectOf(IPropertyReferenceOperation indexer, Func<ITypeSymbol?, bool> isCarrier)
        => indexer is { Property.IsIndexer: true, Arguments: [var key] } && isCarrier(indexer.Instance?.Type)
            ? new CallEffect(CallEffectKind.Write, indexer.Instance, key.Value)
            : default;
}
