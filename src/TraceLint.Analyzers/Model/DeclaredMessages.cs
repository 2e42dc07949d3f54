using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TraceLint.Configuration;

namespace TraceLint.Model;

/// <summary>A message type that is declared to be published or received, whatever the methods are called.</summary>
/// <param name="Type">The original definition of the type.</param>
/// <param name="Carrier">Where its carrier is.</param>
/// <param name="IsBySetting">Whether a setting declares the type, which may apply only to some files.</param>
internal sealed record DeclaredType(INamedTypeSymbol Type, DeclaredCarrier Carrier, bool IsBySetting);

/// <summary>
/// The message types among what is declared to publish or to consume: <c>T:</c> ids of types that have a carrier, and no methods of
/// their own that could be meant. Every value of a type that is consumed was received. A type that is published is so by the methods of
/// its library that take it and whose names say that they send.
/// </summary>
internal sealed class DeclaredMessages(
    DeclarationKind kind,
    Func<IMethodSymbol, Declaration?, (DeclaredMethod? Found, string? Problem)> of,
    CarrierSearch carriers,
    SymbolSearch search)
{
    private static readonly string[] s_verbs
        = ["Publish", "Send", "Produce", "Post", "Emit", "Enqueue", "Dispatch", "Push", "Put", "Raise", "Request", "Schedule", "Notify"];

    /// <summary>The types that lines and settings declare.</summary>
    /// <param name="bySetting">What settings name.</param>
    public IEnumerable<DeclaredType> In(ImmutableArray<SymbolPattern> bySetting, Settings settings, CancellationToken cancellation)
        => settings.Declarations.Where(line => line.Kind == kind)
            .Select(line => Of(line.Symbol!, line, cancellation))
            .Concat(bySetting.Select(pattern => Of(pattern, line: null, cancellation)))
            .OfType<DeclaredType>();

    /// <summary>The message type that an id names; null when it names something else.</summary>
    /// <param name="line">The type's declaration; null when a setting names the type.</param>
    public DeclaredType? Of(SymbolPattern pattern, Declaration? line, CancellationToken cancellation)
        => pattern is { Kind: 'T', IsPrefix: false }
            && search.Find(pattern, cancellation).Found is [INamedTypeSymbol type]
            && (kind is not DeclarationKind.Publish || IsOfLibrary(type))
            && carriers.OfMessage(type, line) is { } carrier
            && !SymbolSearch.MethodsOf([type]).Any(method => of(method, line).Found is not null)
                ? new DeclaredType(type, carrier, IsBySetting: line is null)
                : null;

    /// <summary>What is wrong with the line of a type that has no methods, and so can only be meant as a message.</summary>
    public IEnumerable<string> ProblemsOf(SymbolPattern pattern, Declaration line, CancellationToken cancellation)
    {
        if (pattern is not { Kind: 'T', IsPrefix: false } || search.Find(pattern, cancellation).Found is not [INamedTypeSymbol type]
            || SymbolSearch.MethodsOf([type]).Any())
        {
            yield break;
        }

        var members = CarrierSearch.MembersOf(type).Select(static member => member.Name);
        yield return carriers.OfMessage(type, line) is not null
            ? $"{Quote.Id(pattern.Id)} is a type of this project; declare the methods that publish it"
            : line.Part(Declaration.PartNames.Carrier) is { } name
            ? $"{Quote.Id(pattern.Id)} has no {Quote.Text(name)}{NearestName.Offer(name, members)}"
            : $"{Quote.Id(pattern.Id)} has no member that may be a carrier; declare carrier=<member>";
    }

    /// <summary>The methods that publish a type.</summary>
    public static IEnumerable<DeclaredMethod> PublishesOf(DeclaredType message)
        => SymbolSearch.MethodsOf(message.Type.ContainingAssembly.GlobalNamespace.GetMembers())
            .Where(static method => (!method.IsStatic || method.IsExtensionMethod)
                && Array.Exists(s_verbs, verb => method.Name.StartsWith(verb, StringComparison.Ordinal)))
            .Select(method => (Method: method, Parameter: method.Parameters.FirstOrDefault(parameter
                => CarrierSearch.IsOrDerives(CarrierSearch.ElementOf(parameter.Type), message.Type))))
            .Where(static found => found.Parameter is not null)
            .Select(found => new DeclaredMethod(found.Method, found.Parameter, message.Carrier)
            {
                IsBySetting = message.IsBySetting,
                ByMessage = message.Type,
            });

    // What a method of the project does, its code says.
    private bool IsOfLibrary(INamedTypeSymbol type)
        => !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, search.Compilation.Assembly);
}
