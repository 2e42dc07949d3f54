using System.Text;
using Microsoft.CodeAnalysis;

namespace TraceLint.Rules;

/// <summary>
/// How messages show the user's code: identifiers and values in single quotes, on one line and cut at <see cref="MaxLength"/> characters.
/// Names of libraries' APIs are not quoted.
/// </summary>
internal static class MessageText
{
    /// <summary>The most characters of a value that a message repeats.</summary>
    public const int MaxLength = 60;

    private const string Ellipsis = "...";

    /// <summary>A value on one line, without control characters, and cut where it is too long.</summary>
    public static string Cut(string value)
    {
        var text = new StringBuilder();
        foreach (var character in value)
        {
            if (!char.IsWhiteSpace(character) && !char.IsControl(character))
            {
                text.Append(character);
            }
            else if (text.Length > 0 && text[text.Length - 1] != ' ')
            {
                text.Append(' ');
            }
        }

        if (text.Length <= MaxLength)
        {
            return text.ToString().TrimEnd();
        }

        var end = MaxLength - Ellipsis.Length;
        return text.ToString(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end) + Ellipsis;
    }

    /// <summary>An identifier or a value of the user's code.</summary>
    public static string Quoted(string value) => $"'{Cut(value)}'";

    /// <summary>A method: quoted when it is the project's own.</summary>
    public static string Called(IMethodSymbol method, Compilation compilation)
        => SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly) ? Quoted(method.Name) : Cut(method.Name);

    /// <summary>The span that code refers to: <c>Activity.Current</c>, or an expression of the user's.</summary>
    public static string Span(string expression) => expression is "Activity.Current" ? expression : Quoted(expression);
}
