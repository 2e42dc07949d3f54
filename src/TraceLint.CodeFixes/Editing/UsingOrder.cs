using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Editing;

/// <summary>The order of usings: by name, in most files with System namespaces first.</summary>
internal sealed class UsingOrder : IComparer<string>
{
    private readonly bool _systemFirst;

    private UsingOrder(bool systemFirst) => _systemFirst = systemFirst;

    /// <summary>The configured order.</summary>
    /// <param name="config">The .editorconfig options of the file.</param>
    public static UsingOrder By(AnalyzerConfigOptions? config)
        => new(config is null || !config.TryGetValue("dotnet_sort_system_directives_first", out var value)
            || !value.Equals("false", StringComparison.OrdinalIgnoreCase));

    /// <summary>The order of the usings of a file; the configured order when both match.</summary>
    /// <returns>Null when the usings have neither order.</returns>
    public static UsingOrder? Of(SyntaxList<UsingDirectiveSyntax> usings, AnalyzerConfigOptions? config)
    {
        var names = usings.Where(IsPlain).Select(static directive => directive.Name!.ToString()).ToList();
        var configured = By(config);
        var other = new UsingOrder(!configured._systemFirst);
        return configured.IsKeptBy(names) ? configured : other.IsKeptBy(names) ? other : null;
    }

    /// <summary>Whether a using just imports a namespace into this file.</summary>
    public static bool IsPlain(UsingDirectiveSyntax directive)
        => directive is { Alias: null, StaticKeyword.RawKind: 0, GlobalKeyword.RawKind: 0, Name: not (null or AliasQualifiedNameSyntax) };

    public int Compare(string x, string y)
        => _systemFirst && IsSystem(x) != IsSystem(y) ? (IsSystem(x) ? -1 : 1) : StringComparer.OrdinalIgnoreCase.Compare(x, y);

    private bool IsKeptBy(List<string> names)
    {
        for (var i = 1; i < names.Count; i++)
        {
            if (Compare(names[i - 1], names[i]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
}
