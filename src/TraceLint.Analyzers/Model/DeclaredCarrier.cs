using System.Text;
using Microsoft.CodeAnalysis;

namespace TraceLint.Model;

/// <summary>Where the context is in messages of a declared boundary.</summary>
/// <param name="Message">The type of the messages; null when the carrier is handed over by itself.</param>
/// <param name="Member">The member that holds the carrier: of a message, or, of a received one, of something in it.</param>
/// <param name="Type">The type of the carrier.</param>
internal sealed record DeclaredCarrier(INamedTypeSymbol? Message, IPropertySymbol? Member, ITypeSymbol Type)
{
    /// <summary>The way from a message to its carrier, as C# has it.</summary>
    public string Path { get; init; } = Member?.Name ?? "";

    /// <summary>How an entry is replaced: C# in the words carrier, key and value; null when that is not said.</summary>
    public string? Write { get; init; }

    /// <summary>How an entry is read: C# in the words carrier and key; null when that is not said.</summary>
    public string? Read { get; init; }

    /// <summary>How an empty carrier is made; null when that is not said.</summary>
    public string? New { get; init; }

    /// <summary>What a carrier that is a dictionary has as values; null when it is no dictionary.</summary>
    public ITypeSymbol? DictionaryValue => DictionaryCarrier.ValueOf(Type);

    /// <summary>What it is called in a sentence: UserProperties are user properties.</summary>
    public string Name
    {
        get
        {
            var words = new StringBuilder();
            foreach (var letter in Member?.Name ?? (DictionaryValue is null ? Type.Name : "headers"))
            {
                words.Append(char.IsUpper(letter) && words.Length > 0 ? " " : "").Append(char.ToLowerInvariant(letter));
            }

            return words.ToString();
        }
    }

    /// <summary>Whether two are of the same messages.</summary>
    public bool IsSame(DeclaredCarrier other)
        => SymbolEqualityComparer.Default.Equals(Message, other.Message) && SymbolEqualityComparer.Default.Equals(Member, other.Member) && SymbolEqualityComparer.Default.Equals(Type, other.Type);
}

/// <summary>A method of a declared boundary.</summary>
/// <param name="Method">Its definition.</param>
/// <param name="Parameter">The parameter that is, or has, the carrier; null when it is what the method returns, or there is none.</param>
/// <param name="Carrier">The carrier; null when the method has no room for one.</param>
internal sealed record DeclaredMethod(IMethodSymbol Method, IParameterSymbol? Parameter, DeclaredCarrier? Carrier)
{
    /// <summary>Whether it is declared for some files only, which settings have to be asked about.</summary>
    public bool IsBySetting { get; init; }

    /// <summary>Whether two are overloads of each other.</summary>
    public bool IsOverloadOf(DeclaredMethod other)
        => Method.Name == other.Method.Name && SymbolEqualityComparer.Default.Equals(Method.ContainingType, other.Method.ContainingType);
}
