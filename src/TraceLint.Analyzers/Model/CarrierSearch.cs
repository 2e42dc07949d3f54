using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TraceLint.Configuration;
using static TraceLint.Configuration.Declaration;

namespace TraceLint.Model;

/// <summary>
/// Finds the carrier of a declared method: where the declaration says; else in a parameter whose carrier is declared; else in the only
/// parameter or member that looks like headers, that is, a dictionary of strings, bytes or objects with a telling name. A method that
/// publishes the message of a known library has none to look for: see <see cref="PublishedArgument"/>.
/// </summary>
internal sealed class CarrierSearch
{
    /// <summary>The path of a method that has no carrier.</summary>
    public const string Nowhere = "none";

    /// <summary>The first word of a path that starts at the method's result.</summary>
    public const string Returned = "return";

    private const string Ask = $"; declare carrier=<path> or carrier={Nowhere}";

    private static readonly string[] s_names = ["header", "propert", "attribute", "metadata", "carrier"];

    private static readonly HashSet<string> s_containers = new(StringComparer.Ordinal)
    {
        "Task", "ValueTask", "IAsyncEnumerable", "IEnumerable", "IReadOnlyList", "IReadOnlyCollection", "IList", "ICollection", "List",
        "ChannelReader",
    };

    private readonly List<DeclaredCarrier> _declared = [];
    private readonly IReadOnlyList<Transport> _transports;

    public CarrierSearch(ImmutableArray<Declaration> declarations, SymbolSearch search, CancellationToken cancellation)
    {
        _transports = Transports.In(search.Compilation);
        foreach (var line in declarations.Where(static line => line.Kind is DeclarationKind.Carrier))
        {
            _declared.AddRange(search.Find(line.Symbol!, cancellation).Found.Select(found => found switch
            {
                IPropertySymbol property => With(line, new DeclaredCarrier(property.ContainingType, property, property.Type)),
                ITypeSymbol type => With(line, new DeclaredCarrier(null, null, type)),
                _ => null,
            }).OfType<DeclaredCarrier>());
        }
    }

    /// <summary>Finds the carrier of a method that publishes.</summary>
    /// <param name="line">The method's declaration; null when a setting names the method.</param>
    /// <returns>The method with its carrier, or the problem; neither for the message of a known library.</returns>
    public (DeclaredMethod? Found, string? Problem) OfPublish(IMethodSymbol method, Declaration? line)
        => PublishedArgument.IsOfKnownLibrary(method, line, _transports) ? (null, null) : Of(method, line, [], maxDepth: 2);

    /// <summary>Finds the carrier of a method that receives messages.</summary>
    /// <inheritdoc cref="OfPublish"/>
    public (DeclaredMethod? Found, string? Problem) OfConsume(IMethodSymbol method, Declaration? line)
        => Of(method, line, [ElementOf(method.ReturnType)], maxDepth: 5);

    /// <summary>The carrier of a message type: a member that the declaration names, or one that looks like headers.</summary>
    /// <returns>Null when there is none.</returns>
    public DeclaredCarrier? OfMessage(INamedTypeSymbol message, Declaration? line)
        => line?.Part(PartNames.Carrier) is { } name
            ? MembersOf(message).FirstOrDefault(member => member.Name == name) is { } member
                ? With(line, new DeclaredCarrier(message, member, member.Type))
                : null
            : Guess(message, "", line) is { Message: not null } carrier ? carrier : null;

    private (DeclaredMethod?, string?) Of(IMethodSymbol method, Declaration? line, ITypeSymbol[] returned, int maxDepth)
    {
        if (line?.Part(PartNames.Carrier) is { } path)
        {
            return path == Nowhere
                ? (new DeclaredMethod(method, null, null), null)
                : Said(method, line, path.Split('.'), returned, maxDepth);
        }

        foreach (var type in returned)
        {
            if (Guess(type, "", line) is { } carrier)
            {
                return (new DeclaredMethod(method, null, carrier), null);
            }
        }

        // A declared carrier takes precedence over a guessed one.
        var guesses = method.Parameters
            .SelectMany(parameter => HeldBy(parameter, isReceived: returned.Length > 0)
                .Select(held => (Parameter: parameter, Carrier: Guess(held.Type, held.Name, line))))
            .Where(static guess => guess.Carrier is not null)
            .ToList();
        var known = guesses.FindAll(
            guess => _declared.Exists(declared => declared.IsSame(guess.Carrier! with { Write = null, Read = null, New = null })));
        return (known.Count > 0 ? known : guesses) is [var (parameter, only), ..] and { Count: 1 }
            ? (new DeclaredMethod(method, parameter, only), null)
            : guesses.Count == 0 ? (null, "has no parameter that may be or hold a carrier" + Ask)
            : (null, "has several parameters that may be or hold a carrier" + Ask);
    }

    private (DeclaredMethod?, string?) Said(IMethodSymbol method, Declaration line, string[] path, ITypeSymbol[] returned, int maxDepth)
    {
        var parameter = method.Parameters.FirstOrDefault(parameter => parameter.Name == path[0]);
        if (parameter is null && !(path[0] == Returned && returned.Length > 0))
        {
            var names = method.Parameters.Select(static parameter => parameter.Name);
            return (null, $"has no parameter {Quote.Text(path[0])}{NearestName.Offer(path[0], names)}");
        }

        var held = parameter is null
            ? returned.ToList()
            : HeldBy(parameter, isReceived: returned.Length > 0).Select(static held => held.Type).ToList();
        var type = held.Find(type => path.Length > 1 && MembersOf(type).Any(member => member.Name == path[1])) ?? held[0];
        if (path.Length == 1)
        {
            return (new DeclaredMethod(method, parameter, DeclaredOf(type) ?? With(line, new DeclaredCarrier(null, null, type))), null);
        }

        if (path.Length > maxDepth || type is not INamedTypeSymbol message)
        {
            return (null, "has a carrier path that is too deep; name a parameter or a member of one");
        }

        IPropertySymbol? member = null;
        for (var i = 1; i < path.Length; i++)
        {
            var home = member?.Type ?? type;
            member = MembersOf(home).FirstOrDefault(candidate => candidate.Name == path[i]);
            if (member is null)
            {
                var names = MembersOf(home).Select(static candidate => candidate.Name);
                return (null, $"has no {Quote.Text(path[i])} in {Quote.Text(path[i - 1])}{NearestName.Offer(path[i], names)}");
            }
        }

        var carrier = new DeclaredCarrier(message.OriginalDefinition, member, member!.Type) { Path = string.Join(".", path.Skip(1)) };
        return (new DeclaredMethod(method, parameter, With(line, carrier)), null);
    }

    // What is subscribed with is handed what was received.
    private static IEnumerable<(ITypeSymbol Type, string Name)> HeldBy(IParameterSymbol parameter, bool isReceived)
        => isReceived && parameter.Type is INamedTypeSymbol { DelegateInvokeMethod.Parameters: { IsEmpty: false } handed }
            ? handed.Select(static one => (ElementOf(one.Type), one.Name))
            : [(ElementOf(parameter.Type), parameter.Name)];

    private DeclaredCarrier? Guess(ITypeSymbol type, string name, Declaration? line)
    {
        if (DeclaredOf(type) is { } declared)
        {
            return With(line, declared);
        }

        if (IsHeaders(type))
        {
            return LooksLikeHeaders(name) ? With(line, new DeclaredCarrier(null, null, type)) : null;
        }

        var members = MembersOf(type).Where(static member => IsHeaders(member.Type) && LooksLikeHeaders(member.Name)).Take(2).ToList();
        return type is INamedTypeSymbol { SpecialType: SpecialType.None } message && members is [var only]
            ? With(line, new DeclaredCarrier(message.OriginalDefinition, only, only.Type))
            : null;
    }

    private DeclaredCarrier? DeclaredOf(ITypeSymbol type)
        => _declared.Find(carrier => carrier.Message is { } message ? IsOrDerives(type, message) : IsOrDerives(type, carrier.Type));

    // The method's own line says how the carrier is written and read; else the line about the carrier, or about its type, does.
    private DeclaredCarrier With(Declaration? line, DeclaredCarrier carrier)
    {
        var ofType = carrier.Message is null
            ? null
            : _declared.Find(declared => declared.Message is null && SymbolEqualityComparer.Default.Equals(declared.Type, carrier.Type));
        return carrier with
        {
            Write = line?.Part(PartNames.Write) ?? carrier.Write ?? ofType?.Write,
            Read = line?.Part(PartNames.Read) ?? carrier.Read ?? ofType?.Read,
            New = line?.Part(PartNames.New) ?? carrier.New ?? ofType?.New,
        };
    }

    /// <summary>Whether a type is, derives from or implements another one, ignoring type arguments.</summary>
    public static bool IsOrDerives(ITypeSymbol? type, ITypeSymbol known)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, known.OriginalDefinition))
            {
                return true;
            }
        }

        return known.TypeKind is TypeKind.Interface
            && type is not null
            && type.AllInterfaces.Any(contract
                => SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, known.OriginalDefinition));
    }

    private static bool IsHeaders(ITypeSymbol type)
        => DictionaryCarrier.ValueOf(type) is { SpecialType: SpecialType.System_String or SpecialType.System_Object }
            or IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte };

    private static bool LooksLikeHeaders(string name)
        => Array.Exists(s_names, word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>The properties of a type and its base types that may hold a carrier.</summary>
    public static IEnumerable<IPropertySymbol> MembersOf(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.OriginalDefinition.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false } property
                    && property.DeclaredAccessibility is not Accessibility.Private)
                {
                    yield return property;
                }
            }
        }
    }

    /// <summary>The type of the message inside a task or a sequence.</summary>
    public static ITypeSymbol ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { ElementType: { SpecialType: not SpecialType.System_Byte } element } => element,
        INamedTypeSymbol { Name: var name, TypeArguments: [var element] } when s_containers.Contains(name) => ElementOf(element),
        _ => type,
    };
}
