using System.Text;
using Microsoft.CodeAnalysis;

namespace TraceLint.Configuration;

/// <summary>
/// A documentation id in the form that .NET analyzers accept: <c>M:Namespace.Type.Method(System.String)</c>, <c>T:Namespace.Type</c>
/// for all methods of a type, or <c>N:Namespace</c> for all methods in a namespace. A star at the end matches any rest. A method
/// without a parameter list stands for all its overloads; the number of type parameters may be left out.
/// </summary>
/// <param name="Kind">The letter before the colon.</param>
/// <param name="Text">The text after the colon, without the star.</param>
/// <param name="IsPrefix">Whether the id ends with a star.</param>
internal sealed record SymbolPattern(char Kind, string Text, bool IsPrefix)
{
    private readonly bool _hasArity = Text.IndexOf('`') >= 0;

    /// <summary>The whole id.</summary>
    public string Id => $"{Kind}:{Text}{(IsPrefix ? "*" : "")}";

    /// <summary>The name that a matching method must have; null when methods of several names can match.</summary>
    public string? MethodName { get; } = Kind == 'M' && !IsPrefix ? WithoutArity(LastPart(NamePart(Text))) : null;

    /// <summary>Parses an id.</summary>
    /// <param name="kinds">The allowed letters.</param>
    /// <returns>The pattern, or the problem.</returns>
    public static (SymbolPattern? Pattern, string? Problem) Parse(string id, string kinds)
    {
        if (id.Length < 3 || id[1] != ':' || kinds.IndexOf(id[0]) < 0)
        {
            var starts = string.Join(" or ", kinds.Select(static kind => $"{kind}:"));
            return (null, $"{Quote.Text(id)} is not a documentation id; start it with {starts}");
        }

        var star = id.IndexOf('*');
        if (star >= 0 && star != id.Length - 1)
        {
            return (null, $"{Quote.Id(id)} has a '*' that is not at the end");
        }

        var text = id.Substring(2).TrimEnd('*');
        return text.Length == 0 || text[0] == '.' || text.IndexOf(' ') >= 0
            ? (null, $"{Quote.Id(id)} does not name anything")
            : (new SymbolPattern(id[0], text, star >= 0), null);
    }

    /// <summary>Whether a method matches.</summary>
    /// <param name="method">The original definition of the method.</param>
    public bool Matches(IMethodSymbol method)
    {
        switch (Kind)
        {
            case 'M' when MethodName is null || MethodName == NameOf(method):
                return method.GetDocumentationCommentId() is { Length: > 2 } id && MatchesId(id.Substring(2));
            case 'T':
                for (var type = method.ContainingType; type is not null; type = type.ContainingType)
                {
                    if (type.GetDocumentationCommentId() is { Length: > 2 } typeId && MatchesName(typeId.Substring(2)))
                    {
                        return true;
                    }
                }

                return false;
            case 'N':
                for (var home = method.ContainingNamespace; home is { IsGlobalNamespace: false }; home = home.ContainingNamespace)
                {
                    if (MatchesName(home.ToDisplayString()))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }

    /// <summary>Whether the id of a symbol, without its letter, matches.</summary>
    public bool MatchesId(string id)
        => Text.IndexOf('(') >= 0 && !IsPrefix ? id == Text || BeforeReturn(id) == Text : MatchesName(IsPrefix ? id : NamePart(id));

    /// <summary>The part of an id before the parameter list.</summary>
    public static string NamePart(string id) => id.IndexOf('(') is var end and >= 0 ? id.Substring(0, end) : BeforeReturn(id);

    /// <summary>An id without the numbers of its type parameters.</summary>
    public static string WithoutArity(string name)
    {
        if (name.IndexOf('`') < 0)
        {
            return name;
        }

        var result = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '`')
            {
                result.Append(name[i]);
                continue;
            }

            while (i + 1 < name.Length && (name[i + 1] == '`' || char.IsDigit(name[i + 1])))
            {
                i++;
            }
        }

        return result.ToString();
    }

    private bool MatchesName(string name)
    {
        name = _hasArity ? name : WithoutArity(name);
        return IsPrefix ? name.StartsWith(Text, StringComparison.Ordinal) : name == Text;
    }

    private static string NameOf(IMethodSymbol method) => method.MethodKind is MethodKind.Constructor ? "#ctor" : method.Name;

    private static string BeforeReturn(string id) => id.IndexOf('~') is var end and >= 0 ? id.Substring(0, end) : id;

    private static string LastPart(string name) => name.Substring(name.LastIndexOf('.') + 1);
}
