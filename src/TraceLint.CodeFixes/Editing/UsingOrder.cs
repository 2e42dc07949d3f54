using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Editing;

/// <summary>The order of usings: by name, and in most files the System ones first.</summary>
internal sealed class UsingOrder : IComparer<string>
{
    public static readonly UsingOrder SystemFirst = new(true);
    private static readonly UsingOrder s_byName = new(false);
    private readonly bool _systemFirst;

    private UsingOrder(bool systemFirst) => _systemFirst = systemFirst;

    /// <summary>The order that a file keeps: System first unless one of them comes after another namespace.</summary>
    public static UsingOrder Of(SyntaxList<UsingDirectiveSyntax> usings)
    {
        var others = false;
        foreach (var directive in usings)
        {
            var isSystem = IsSystem(directive.Name?.ToString() ?? "");
            if (isSystem && others)
            {
                return s_byName;
            }

            others |= !isSystem;
        }

        return SystemFirst;
    }

    public int Compare(string x, string y)
        => _systemFirst && IsSystem(x) != IsSystem(y) ? (IsSystem(x) ? -1 : 1) : string.CompareOrdinal(x, y);

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
}
