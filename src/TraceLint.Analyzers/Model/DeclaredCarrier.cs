using System.Text;
using Microsoft.CodeAnalysis;

namespace TraceLint.Model;

/// <summary>The carrier of the messages of a declared method.</summary>
/// <param name="Message">The type of the messages; null when the carrier is an argument of its own.</param>
/// <param name="Member">The member of the message that holds the carrier; for a received message, also a member of a member.</param>
/// <param name="Type">The type of the carrier.</param>
internal sealed record DeclaredCarrier(INamedTypeSymbol? Message, IPropertySymbol? Member, ITypeSymbol Type)
{
    /// <summary>The member access from a message to its carrier, as C# code.</summary>
    public string Path { get; init; } = Member?.Name ?? "";

    /// <summary>How an entry is set: C# code that uses carrier, key and value; null when it is not declared.</summary>
    public string? Write { get; init; }

    /// <summary>How an entry is read: C# code that uses carrier and key; null when it is not declared.</summary>
    public string? Read { get; init; }

    /// <summary>How an empty carrier is created: C# code; null when it is not declared.</summary>
    public string? New { get; init; }

    /// <summary>The type of the values when the carrier is a dictionary; else null.</summary>
    public ITypeSymbol? DictionaryValue => DictionaryCarrier.ValueOf(Type);

    /// <summary>The name in a message: "user properties" for a member <c>UserProperties</c>.</summary>
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

    /// <summary>Whether two carriers are the same, however they are written and read.</summary>
    public bool IsSame(DeclaredCarrier other)
        => SymbolEqualityComparer.Default.Equals(Message, other.Message)
            && SymbolEqualityComparer.Default.Equals(Member, other.Member)
            && SymbolEqualityComparer.Default.Equals(Type, other.Type);
}

/// <summary>A method that is declared to publish or to receive messages.</summary>
/// <param name="Method">The original definition of the method.</param>
/// <param name="Parameter">The parameter that is or holds the carrier; null when the result holds it or there is no carrier.</param>
/// <param name="Carrier">The carrier; null when there is none.</param>
internal sealed record DeclaredMethod(IMethodSymbol Method, IParameterSymbol? Parameter, DeclaredCarrier? Carrier)
{
    /// <summary>Whether a setting declares the method, which may apply only to some files.</summary>
    public bool IsBySetting { get; init; }

    /// <summary>The message type that is declared in place of the method; null when the method is.</summary>
    public INamedTypeSymbol? ByMessage { get; init; }

    /// <summary>Whether two methods are overloads of each other.</summary>
    public bool IsOverloadOf(DeclaredMethod other)
        => Method.Name == other.Method.Name && SymbolEqualityComparer.Default.Equals(Method.ContainingType, other.Method.ContainingType);
}
